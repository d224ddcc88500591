import type { Generation } from '../../http/errors';
import { remembered } from '../../text/remembered';

/** The newest API version whose models we speak. Told in errors and by `/health/version`. */
export const API_VERSION = '1.9.6';

/**
 * What a caller's `X-Appwrite-Response-Format` asks for. It is the version of the SDK, 'at most what the client knows':
 * one newer than ours, or none, means our newest.
 */
export interface Format {
  /** Before 1.0.0: times are integer seconds and the models are 0.15's. */
  readonly classic: boolean;
  /** Whether the caller's version is older than the given one, such as `1.5.0`. */
  before(version: string): boolean;
}

/** Reads the header; text that is no version asks for the newest. */
export function formatOf(header: string | null): Format {
  return ofVersion(/^\d{1,6}\.\d{1,6}(\.\d{1,6})?/.exec(header ?? '')?.[0] ?? API_VERSION);
}

const ofVersion = remembered(100, (version: string): Format => {
  const before = remembered(100, (other: string) => compareVersions(version, other) < 0);
  return { classic: before('1.0.0'), before };
});

/** What a client of this format expects of an error. */
export function generationOf({ classic, before }: Format): Generation {
  if (classic) return 'classic';
  return before('1.5.0') ? 'before1.5' : 'modern';
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  for (const i of [0, 1, 2]) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
