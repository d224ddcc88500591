import { build } from './build';
import { QueryProblem, shown } from './problem';
import type { Query } from './query';

/*
 * The form of SDKs for Appwrite 1.0 to 1.4: `equal("name", ["x", "y"])`, `limit(5)`, `between("registration", 1, 2)`.
 *
 * Those SDKs paste values between quotes without escaping them, so a value may hold quotes of its own:
 * `equal("name", ["a"b"])`. A quote therefore ends a string only where the query can go on behind it: at the closing
 * bracket that ends the query, or before a comma and another value. `\"` that can't end a string is an escaped quote,
 * as it was upstream. Patterns are sticky and anchored, so that reading is linear but for quotes within values.
 */

const callPattern = /^\s*([A-Za-z]+)\s*\((.*)\)\s*$/s;
const spacePattern = /\s*/y;
const literalPattern = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const endInList = /\s*(?:\]\s*$|,\s*(?:["']|true\b|false\b|null\b|-?\d))/y;
const endOutside = /\s*(?:$|,\s*(?:["'[]|true\b|false\b|null\b|-?\d))/y;

/**
 * Reads the older form.
 * @throws QueryProblem
 */
export function parseString(text: string): Query {
  const [, method, inside] = callPattern.exec(text) ?? [];
  if (method === undefined || inside === undefined) {
    throw new QueryProblem('Syntax error: expected a call such as equal("name", ["x"]).');
  }
  if (method === 'and' || method === 'or') {
    throw new QueryProblem(`${method} exists in JSON form only: {"method":"${method}","values":[…]}.`);
  }
  const parameters = new Reader(inside).parameters();
  if (takesNoAttribute.has(method)) return build({ method, attribute: '', values: parameters.flat() });
  const [attribute = '', ...values] = parameters;
  if (typeof attribute !== 'string') {
    throw new QueryProblem('Syntax error: the first parameter must be the name of an attribute in quotes.');
  }
  // One list or several values: SDKs for 1.3 and 1.4 differ in how they write `between`.
  return build({ method, attribute, values: values.flat() });
}

const takesNoAttribute: ReadonlySet<string> = new Set([
  'limit',
  'offset',
  'cursorAfter',
  'cursorBefore',
  'select',
  'orderRandom',
]);

type Literal = string | number | boolean | null;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  parameters(): (Literal | Literal[])[] {
    const parameters: (Literal | Literal[])[] = [];
    this.skipSpace();
    if (this.at === this.text.length) return parameters;
    for (;;) {
      parameters.push(this.text[this.at] === '[' ? this.list() : this.literal(endOutside));
      this.skipSpace();
      if (this.at === this.text.length) return parameters;
      this.take(',');
    }
  }

  private list(): Literal[] {
    this.take('[');
    if (this.text[this.at] === ']') {
      this.take(']');
      return [];
    }
    const values: Literal[] = [];
    for (;;) {
      values.push(this.literal(endInList));
      this.skipSpace();
      if (this.text[this.at] === ']') break;
      this.take(',');
    }
    this.take(']');
    return values;
  }

  private literal(end: RegExp): Literal {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return this.quoted(quote, end);
    const word = this.match(literalPattern);
    if (word === undefined) throw this.unexpected();
    if (word === 'null') return null;
    return word === 'true' || word === 'false' ? word === 'true' : Number(word);
  }

  private quoted(quote: string, end: RegExp): string {
    let value = '';
    for (let from = this.at + 1; ; ) {
      const found = this.text.indexOf(quote, from);
      if (found < 0) throw new QueryProblem(`Syntax error: a ${quote} is never closed.`);
      end.lastIndex = found + 1;
      if (end.test(this.text)) {
        this.at = found + 1;
        return value + this.text.slice(from, found);
      }
      const escaped = this.text[found - 1] === '\\' && found > from;
      value += this.text.slice(from, escaped ? found - 1 : found) + quote;
      from = found + 1;
    }
  }

  private take(character: string): void {
    if (this.text[this.at] !== character) throw this.unexpected();
    this.at += 1;
    this.skipSpace();
  }

  private skipSpace(): void {
    this.match(spacePattern);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private unexpected(): QueryProblem {
    const rest = this.text.slice(this.at);
    return new QueryProblem(
      rest === '' ? 'Syntax error: it ends too early.' : `Syntax error near ${shown(rest)}`,
    );
  }
}
