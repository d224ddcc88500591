import { ApiError } from '../errors';

/** What decides where an element of a JSON array ends; within a text, what decides where that one ends. */
const MARKS = /["[\]{},]/g;
const MARKS_OF_TEXT = /["\\]/g;

const NO_JSON = 'The request body is not valid JSON: check its syntax.';

/**
 * The elements of a JSON array as text, each as soon as it is whole, so that the array is never there as objects all at
 * once. What is between commas is for the caller to parse.
 * @throws ApiError general_bad_request for what is no array
 */
export async function* elementsOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  const array = new ArrayReader();
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

  /** @throws ApiError where the array is not over */
  end(): void {
    if (this.#state !== 'behind') throw new ApiError('general_bad_request', NO_JSON);
  }

  #take(text: string): void {
    this.#element += text;
  }

  /** Only the array stands in the body: white space around it, and nothing else. */
  #outside(chunk: string, at: number): number {
    const rest = chunk.slice(at);
    const blank = /^\s*/.exec(rest)?.[0].length ?? 0;
    if (blank === rest.length) return chunk.length;
    if (this.#state === 'behind') throw new ApiError('general_bad_request', NO_JSON);
    if (rest[blank] !== '[') throw new ApiError('general_bad_request', noArray(rest));
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
        if (mark === '}') throw new ApiError('general_bad_request', NO_JSON);
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
    if (element === '' && !isEmptyArray) throw new ApiError('general_bad_request', NO_JSON);
    this.#element = '';
    this.#isFirst = false;
    return isEmptyArray ? undefined : element;
  }
}

/** Why a body that does not begin an array is refused: it is something else, or nothing. */
function noArray(start: string): string {
  const isOther = start.length < 1000 && canParse(start);
  return isOther ? 'The request body must be a JSON array of rows, or rows as NDJSON.' : NO_JSON;
}

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
