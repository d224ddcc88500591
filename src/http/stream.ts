/**
 * An answer that is made piece by piece, as fast as its reader takes it: text in chunks. What fails before the first one
 * is there is an error like any other; what fails later breaks the connection off, so that nobody takes a part for the
 * whole.
 */
export class TextStream {
  readonly #chunks: AsyncIterator<string>;
  #first: IteratorResult<string> | undefined;

  /** @param contentType where the model does not tell */
  constructor(
    chunks: AsyncIterable<string>,
    readonly contentType?: string,
  ) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Makes the first chunk. Throws what stands in its way. */
  async begin(): Promise<void> {
    this.#first ??= await this.#chunks.next();
  }

  /** @param onError told of what breaks the stream off */
  open(onError: (error: unknown) => void): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    const next = async () => {
      const first = this.#first;
      this.#first = undefined;
      return first ?? this.#chunks.next();
    };
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            const { done, value } = await next();
            if (done) controller.close();
            else controller.enqueue(encoder.encode(value));
          } catch (error) {
            onError(error);
            controller.error(error);
          }
        },
        cancel: async () => {
          await this.#chunks.return?.();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Lets go of what would have come. */
  async drop(): Promise<void> {
    await this.#chunks.return?.();
  }
}
