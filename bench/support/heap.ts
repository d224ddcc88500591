/** Asks a workerd by its inspector how large the heap of a Worker is, again and again. */
export class HeapWatch {
  readonly #socket: WebSocket;
  readonly #timer: NodeJS.Timeout;
  /** The largest that was seen, bytes. */
  most = 0;

  constructor(url: URL) {
    this.#socket = new WebSocket(url.href);
    let id = 0;
    this.#socket.addEventListener('message', ({ data }) => {
      const { result } = JSON.parse(String(data));
      if (typeof result?.usedSize === 'number') this.most = Math.max(this.most, result.usedSize);
    });
    this.#timer = setInterval(() => {
      if (this.#socket.readyState === WebSocket.OPEN)
        this.#socket.send(JSON.stringify({ id: ++id, method: 'Runtime.getHeapUsage' }));
    }, 50);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }
}
