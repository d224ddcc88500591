import { remembered } from '../text/remembered';

/** A country as Appwrite's Session and Log models show it. */
export interface Country {
  /** ISO 3166-1 alpha-2 in lower case, or `--`. */
  readonly countryCode: string;
  /** The country's name in the caller's language, or `Unknown`. */
  readonly countryName: string;
}

const unknownCountry: Country = { countryCode: '--', countryName: 'Unknown' };

/**
 * Two-letter codes that name no country: Cloudflare's XX, and those CLDR nevertheless has a name for
 * ('Unknown Region', 'Pseudo-Accents', 'Pseudo-Bidi'). Cloudflare's T1 (Tor) already fails the shape.
 */
const notCountries = new Set(['XX', 'ZZ', 'XA', 'XB']);

const alpha2 = /^[A-Za-z]{2}$/;

/**
 * Turns a country code into the code and name of Appwrite's models.
 * @param code what Cloudflare reports in `request.cf.country`, in either case; may be missing
 * @param locale the caller's `X-Appwrite-Locale`; anything but a well-formed, known BCP 47 tag means English
 */
export function countryOf(code: string | null | undefined, locale: string): Country {
  // Shape first: upper-casing makes letters of what is none (U+017F becomes S).
  if (!code || !alpha2.test(code)) return unknownCountry;
  const region = code.toUpperCase();
  if (notCountries.has(region)) return unknownCountry;
  return namesIn(locale)(region);
}

/**
 * Making a DisplayNames loads a language's data (milliseconds the first time), and asking it takes longer than all else in
 * the answer to a check. The bound keeps a caller who sends ever new locales from growing the isolate's memory.
 */
const maxLocales = 32;

const namesIn = remembered(maxLocales, (locale: string) => namesOf(languageOf(locale)));

/** There are 26 × 26 codes in the right form. */
const maxRegions = 676;

const namesOf = remembered(maxLocales, (language: string) => {
  // English second: without it an unknown language would fall back to the runtime's default locale.
  const names = new Intl.DisplayNames([language, 'en'], { type: 'region', fallback: 'none' });
  return remembered(maxRegions, (region: string): Country => {
    const countryName = names.of(region);
    return countryName === undefined ? unknownCountry : { countryCode: region.toLowerCase(), countryName };
  });
});

/** Reads a locale tag: its canonical form without extensions (they change no name), else `en`. */
function languageOf(locale: string): string {
  // No tag needs more: RFC 5646 section 4.4.1 lets an implementation stop at 35 characters.
  if (locale.length > 35) return 'en';
  try {
    return new Intl.Locale(locale).baseName;
  } catch {
    return 'en';
  }
}
