/** Substring, whatever the case; quotes around the whole term are not part of it. */
export function found(text: string, term: string): boolean {
  const trimmed = term.trim();
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return folded(text).includes(folded(quoted ? trimmed.slice(1, -1) : trimmed));
}

/** Character by character, as an index of single characters folds: "İ" stays one character and itself. */
function folded(text: string): string {
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return [...lower].length === 1 ? lower : character;
  }).join('');
}
