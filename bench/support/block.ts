/** What the driver is asked for: some runs of a call, or of its floor, one after the other. */
export interface Block {
  readonly call: string;
  readonly target: 'service' | 'floor';
  readonly from: number;
  readonly runs: number;
  /** The session that calls show. */
  readonly token: string;
}

/** Milliseconds that a run took. */
export interface Timed {
  readonly ms: number;
}
