/** Prints a table for a document. */
export function printTable(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  console.info([heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
}
