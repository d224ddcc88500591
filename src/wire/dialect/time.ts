/** A stored time (milliseconds) for a classic client: integer seconds; 0 where unset. */
export function unixTime(ms: number | null): number {
  return ms === null ? 0 : Math.floor(ms / 1000);
}

/** A stored time (milliseconds) for a modern client: `2020-10-15T06:38:00.000+00:00`; empty where unset. */
export function isoTime(ms: number | null): string {
  if (ms === null) return '';
  if (ms !== last.ms) last = { ms, text: `${new Date(ms).toISOString().slice(0, -1)}+00:00` };
  return last.text;
}

/** A row tells the same time several times over, as made, changed and registered. */
let last = { ms: Number.NaN, text: '' };
