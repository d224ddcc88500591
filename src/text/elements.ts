/** What decides where an element of a JSON array ends; within a text, what decides where that one ends. */
const MARKS = /["[\]{},]/g;
const MARKS_OF_TEXT = /["\\]/g;

/** Why a text is no array: it is something else that is JSON, or none. */
export class NoArray extends SyntaxError {
  override readonly name = 'NoArray';
  readonly isOther: boolean;

  constructor(isOther = false) {
    super(isOther ? 'It is JSON, but no array.' : 'It is not valid JSON: check its syntax.');
    this.isOther = isOther;
  }
}

/**
 * The elements of a JSON array as text, each as soon as it is whole, so that the array is never there as objects all at
 * once. What is between commas is for the caller to parse.
 * @param isPart whether something may follow behind it
 * @throws NoArray
 */
export async function* elementsOf(chunks: AsyncIterable<string>, isPart = false): AsyncGenerator<string> {
  const array = new ArrayReader(isPart);
  for await (const chunk of chunks) yield* array.read(chunk);
  array.end();
}

/** Reads an array in pieces, cut wherever. */
class ArrayReader {
  /** How many brackets are open: 1 within the array itself. */
  #depth = 0;
  #state: 'before' | 'value' | 'text' | 'escape' | 'behind' = 'before';
  /** What there is of the present element. */
  #element = '';
  #isFirst = true;
  readonly #isPart: boolean;

  constructor(isPart: boolean) {
    this.#isPart = isPart;
  }

  *read(chunk: string): Generator<string> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'escape') {
        this.#take(chunk.slice(at, ++at));
        this.#state = 'text';
        continue;
      }
      if (this.#state === 'before' || this.#state === 'behind') {
        at = this.#outside(chunk, at);
        continue;
      }
      const marks = this.#state === 'text' ? MARKS_OF_TEXT : MARKS;
      marks.lastIndex = at;
      const mark = marks.exec(chunk);
      if (mark === null) {
        this.#take(chunk.slice(at));
        return;
      }
      this.#take(chunk.slice(at, mark.index));
      at = mark.index + 1;
      const whole = this.#mark(mark[0]);
      if (whole !== undefined) yield whole;
    }
  }

  /** @throws NoArray where the array is not over */
  end(): void {
    if (this.#state !== 'behind') throw new NoArray();
  }

  #take(text: string): void {
    this.#element += text;
  }

  /** Only the array stands in the body: white space around it, and nothing else. */
  #outside(chunk: string, at: number): number {
    if (this.#state === 'behind' && this.#isPart) return chunk.length;
    const rest = chunk.slice(at);
    const blank = /^\s*/.exec(rest)?.[0].length ?? 0;
    if (blank === rest.length) return chunk.length;
    if (this.#state === 'behind') throw new NoArray();
    if (rest[blank] !== '[') throw new NoArray(rest.length < 1000 && canParse(rest));
    this.#state = 'value';
    this.#depth = 1;
    return at + blank + 1;
  }

  /** What a mark does; returns the element that it ends. */
  #mark(mark: string): string | undefined {
    if (this.#state === 'text') {
      this.#take(mark);
      this.#state = mark === '"' ? 'value' : 'escape';
      return undefined;
    }
    const isOwn = this.#depth === 1;
    if (mark === ',' && isOwn) return this.#ended(false);
    if (mark === ']' || mark === '}') {
      this.#depth -= 1;
      if (isOwn) {
        if (mark === '}') throw new NoArray();
        this.#state = 'behind';
        return this.#ended(true);
      }
    } else if (mark === '"') this.#state = 'text';
    else if (mark !== ',') this.#depth += 1;
    this.#take(mark);
    return undefined;
  }

  /** The element that is over; none where the array is empty. */
  #ended(isLast: boolean): string | undefined {
    const element = this.#element.trim();
    const isEmptyArray = isLast && this.#isFirst && element === '';
    if (element === '' && !isEmptyArray) throw new NoArray();
    this.#element = '';
    this.#isFirst = false;
    return isEmptyArray ? undefined : element;
  }
}

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
