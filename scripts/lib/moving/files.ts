import { createReadStream, statSync } from 'node:fs';
import { parse } from 'csv-parse';
import { elementsOf } from '../../../src/text/elements.ts';
import { Stop } from '../stop.ts';

/** A file that is read as a stream, and how far. */
export class TextFile {
  readonly path: string;
  readonly #total: number;
  #done = 0;

  /** @throws Stop where there is none */
  constructor(path: string) {
    this.path = path;
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) throw new Stop(`There is no file ${path}.`);
    this.#total = found.size;
  }

  progress() {
    return { done: this.#done, total: this.#total };
  }

  /** @throws Stop for what is not UTF-8 */
  async *text(): AsyncGenerator<string> {
    this.#done = 0;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const decode = (chunk?: Uint8Array) => {
      try {
        return decoder.decode(chunk, { stream: chunk !== undefined });
      } catch {
        throw new Stop(`${this.path} is not UTF-8. Convert it first: iconv -f … -t utf-8`);
      }
    };
    for await (const chunk of createReadStream(this.path)) {
      if (!(chunk instanceof Uint8Array)) continue;
      yield decode(chunk);
      this.#done += chunk.byteLength;
    }
    yield decode();
  }

  /** Lines that are not blank. */
  async *lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const chunk of this.text()) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield line;
    }
    if (rest.trim() !== '') yield rest;
  }

  /** The records of a CSV file whose first line has their names. */
  async *records(): AsyncGenerator<Record<string, string>> {
    const parser = parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: true });
    const feed = async () => {
      for await (const chunk of this.text())
        if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve));
      parser.end();
    };
    const feeding = feed().catch((error: unknown) => {
      parser.destroy(error instanceof Error ? error : new Error(String(error)));
    });
    try {
      for await (const record of parser) yield record;
    } catch (error) {
      if (error instanceof Stop) throw error;
      throw new Stop(`${this.path} is no CSV: ${error instanceof Error ? error.message : error}`);
    }
    await feeding;
  }

  /** The elements of the array that stands in a JSON object under a name, as text. */
  async *elements(name: string): AsyncGenerator<string> {
    const start = new RegExp(`"${name}"\\s*:\\s*(?=\\[)`);
    const chunks = this.text();
    const path = this.path;
    async function* fromArray(): AsyncGenerator<string> {
      let head = '';
      let isFound = false;
      for await (const chunk of chunks) {
        if (isFound) {
          yield chunk;
          continue;
        }
        head += chunk;
        const at = start.exec(head);
        if (at === null) continue;
        isFound = true;
        yield head.slice(at.index + at[0].length);
      }
      if (!isFound) throw new Stop(`${path} has no list "${name}".`);
    }
    try {
      yield* elementsOf(fromArray(), true);
    } catch (error) {
      if (error instanceof SyntaxError) throw new Stop(`${path} is not whole, or no JSON.`);
      throw error;
    }
  }
}

/** A JSON text, or why it is none. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: 'It is not valid JSON.' };
  }
}
