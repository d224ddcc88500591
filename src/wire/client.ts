import * as v from 'valibot';
import { countryOf } from './country';
import { parseUserAgent } from './userAgent';

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

/** The fields above, read from a stored user agent and country, the country's name in the caller's language. */
export function clientFields(
  { userAgent, countryCode }: { userAgent: string; countryCode: string },
  locale: string,
): v.InferOutput<v.ObjectSchema<typeof clientEntries, undefined>> {
  return { ...parseUserAgent(userAgent), ...countryOf(countryCode, locale) };
}
