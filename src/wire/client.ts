import * as v from 'valibot';
import { countryOf } from './country';
import type { WireContext } from './dialect/context';
import { type ParsedUserAgent, parseUserAgent } from './userAgent';

/** What the session and log models tell of a client, in the order of the wire. */
export const clientEntries = {
  osCode: v.string(),
  osName: v.string(),
  osVersion: v.string(),
  clientType: v.string(),
  clientCode: v.string(),
  clientName: v.string(),
  clientVersion: v.string(),
  clientEngine: v.string(),
  clientEngineVersion: v.string(),
  deviceName: v.string(),
  deviceBrand: v.string(),
  deviceModel: v.string(),
  countryCode: v.string(),
  countryName: v.string(),
};

/**
 * Different user agents that one answer reads: whoever writes the log chooses them, each may take 3 ms, and a page may have
 * 5,000. The rows of those beyond tell nothing of the program and device.
 */
const MOST_READ = 250;

const readFor = new WeakMap<object, Map<string, ParsedUserAgent>>();

/** The fields above, read from a stored user agent and country, the country's name in the caller's language. */
export function clientFields(
  { userAgent, countryCode }: { userAgent: string; countryCode: string },
  context: WireContext,
): v.InferOutput<v.ObjectSchema<typeof clientEntries, undefined>> {
  return { ...readIn(context, userAgent), ...countryOf(countryCode, context.locale) };
}

/** A user agent as one of those in the answer that a context is for. */
function readIn(context: WireContext, userAgent: string): ParsedUserAgent {
  const read = readFor.get(context) ?? new Map<string, ParsedUserAgent>();
  readFor.set(context, read);
  const parsed = read.get(userAgent) ?? parseUserAgent(read.size < MOST_READ ? userAgent : '');
  if (read.size < MOST_READ) read.set(userAgent, parsed);
  return parsed;
}
