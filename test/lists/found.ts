const endsWord = /[ \u3000.,\-_'\u2019@+:/("\u30fb]/;

/**
 * One or two characters: the beginning of the text or of a word in it. More, or a separator of words among them: a part of
 * the text, wherever it stands. Letters whatever their case and accents; quotes around the whole term are not part of it.
 */
export function found(text: string, term: string): boolean {
  const trimmed = term.trim();
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  const wanted = folded(quoted ? trimmed.slice(1, -1) : trimmed);
  if (wanted.includes('\0') || wanted.includes('\u001f')) return false;
  if (wanted === '' || [...wanted].length > 2 || endsWord.test(wanted)) return folded(text).includes(wanted);
  return folded(text)
    .split(endsWord)
    .some((word) => word.startsWith(wanted));
}

/** Without accents, then each letter in its other case and back, if it has one. */
export function folded(text: string): string {
  const parts = Array.from(text.normalize('NFD')).filter((part) => part < '\u0300' || part > '\u036f');
  return Array.from(parts.join('').normalize('NFC'), (letter) => {
    const other = letter.toUpperCase();
    const back = other.toLowerCase();
    return [...other].length === 1 && [...back].length === 1 ? back : letter;
  }).join('');
}
