/** U+0300 to U+036F: the marks that Latin, Greek and Cyrillic letters take. */
const combiningMarks = /[\u0300-\u036f]/g;

const ascii = /^[\0-\x7f]*$/;

/**
 * Text as names are compared, sorted and searched: letters without their accents, whatever their case, in Unicode's
 * composed form (NFC). So `É`, `é`, `e` and an `e` before U+0301 are one.
 *
 * Letters are what one letter is in the other case: `ς` is `σ`, `ſ` is `s`, the Kelvin sign is `k`. What has two letters
 * in the other case stays (`ß` is not `ss`), and so do letters that Unicode does not decompose (`ø` is not `o`). Folding
 * folded text changes nothing.
 * @see https://www.unicode.org/reports/tr15/ for the forms, https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt
 * for the letters (those of status C)
 */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const bare = text.normalize('NFD').replace(combiningMarks, '').normalize('NFC');
  return Array.from(bare, foldLetter).join('');
}

function foldLetter(letter: string): string {
  const upper = letter.toUpperCase();
  const folded = upper.toLowerCase();
  return isOneLetter(upper) && isOneLetter(folded) ? folded : letter;
}

function isOneLetter(text: string): boolean {
  return text.length === 1 || (text.length === 2 && text.codePointAt(0) !== text.charCodeAt(0));
}
