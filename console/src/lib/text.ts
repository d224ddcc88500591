const numberFormat = new Intl.NumberFormat(undefined);

export const number = (value: number) => numberFormat.format(value);

/** `1 user`, `2 users`. */
export const plural = (count: number, noun: string) => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;

/** The first letters of a name's first and last word; where it has none, of an address before its `@`, or of what else there is. */
export function initialsOf(name: string, otherwise: string): string {
  const words = (name.trim() || otherwise.replace(/@.*/, '')).split(/[\s@._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** Text that a person typed as a list: split at commas and spaces, each once. */
export const listed = (text: string) => [...new Set(text.split(/[\s,]+/).filter(Boolean))];
