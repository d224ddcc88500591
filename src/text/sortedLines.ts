/**
 * Whether a text of sorted lines holds this one. Searched as it is, so that a list of 90,000 lines costs an isolate
 * neither time nor memory beyond the text.
 * @param lines in the order of UTF-16 code units, each ended by a line feed
 */
export function hasLine(lines: string, wanted: string): boolean {
  let start = 0;
  let end = lines.length;
  while (start < end) {
    const middle = (start + end) >> 1;
    const lineStart = lines.lastIndexOf('\n', middle - 1) + 1;
    const lineEnd = lines.indexOf('\n', middle);
    const line = lines.slice(lineStart, lineEnd);
    if (line === wanted) return true;
    if (line < wanted) start = lineEnd + 1;
    else end = lineStart;
  }
  return false;
}
