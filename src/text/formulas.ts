/*
 * A spreadsheet takes a cell that begins with one of these signs for a formula, and runs what a stranger wrote into its
 * name (OWASP, "CSV injection"). An apostrophe before it makes it text. Both ways lose nothing: what begins with
 * apostrophes and such a sign gets one more.
 */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const SHIELDED = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A text that is safe to stand in a cell. */
export function shieldFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `shieldFormula` made a cell of. */
export function bareFormula(cell: string): string {
  return SHIELDED.test(cell) ? cell.slice(1) : cell;
}
