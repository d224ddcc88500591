import UAParser from 'ua-parser-js';
import { browsers, desktopSystems, otherSystems } from './codes';
import { brands, deviceTypes, libraries, mobileApps, notModels } from './names';

/** The twelve user-agent fields of Appwrite's Session and Log models. Unknown is the empty string. */
export interface ParsedUserAgent extends System, Client, Device {}

interface System {
  readonly osCode: string;
  readonly osName: string;
  readonly osVersion: string;
}

interface Client {
  /** `browser`, `mobile app`, `library` or empty. */
  readonly clientType: string;
  readonly clientCode: string;
  readonly clientName: string;
  readonly clientVersion: string;
  readonly clientEngine: string;
  readonly clientEngineVersion: string;
}

interface Device {
  /** `desktop`, `smartphone`, `tablet`, `console`, `tv`, `wearable`, `portable media player` or empty. */
  readonly deviceName: string;
  readonly deviceBrand: string;
  readonly deviceModel: string;
}

/**
 * Anyone can send any user agent, and the cost of some patterns grows with the square or cube of its length.
 * The parser stops at 500 characters by itself (3 ms at worst); this bounds our own patterns and does not
 * rest on that. Real user agents have under 400.
 */
const maxLength = 512;

/**
 * Brackets that are read: real user agents open up to six, and each one more multiplies the cost of what follows (sixty
 * cost 1.6 ms, ten 0.1 ms; a page may hold 5,000 user agents).
 */
const maxBrackets = 10;

/**
 * One user's rows repeat a few user agents. In a fresh isolate a hundred rows of the same cost 15 ms to parse and
 * 7 ms to remember, later 3 ms and nothing; the free plan has 10 ms a request.
 */
const maxRemembered = 64;
const remembered = new Map<string, ParsedUserAgent>();

/**
 * Reads a User-Agent header into the fields of Appwrite's models, in the codes and names of
 * matomo/device-detector, Appwrite's parser. Versions keep major and minor, the engine's all, as there.
 * Bots are not singled out (Appwrite skips bot detection). Never throws.
 */
export function parseUserAgent(userAgent: string): ParsedUserAgent {
  const text = cut(userAgent).trim();
  const known = remembered.get(text);
  if (known) return known;
  // It cuts at 500 by itself, and would leave half a character there.
  const parser = new UAParser(text.slice(0, 500).toWellFormed());
  const system = systemOf(parser, text);
  const parsed = { ...system, ...clientOf(parser, text, system), ...deviceOf(parser, system) };
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(text, parsed);
  return parsed;
}

/** What is read of a user agent; never half a character, which could come back in an answer. */
function cut(userAgent: string): string {
  const text = userAgent.slice(0, maxLength);
  let bracket = -1;
  for (let count = 0; count <= maxBrackets; count++) {
    bracket = text.indexOf('(', bracket + 1);
    if (bracket < 0) return text.toWellFormed();
  }
  return text.slice(0, bracket).toWellFormed();
}

function systemOf(parser: UAParser, text: string): System {
  const { name, version } = parser.getOS();
  // Node's and Dart's names for the platform, which SDKs put in their comment.
  if (/\bwin32\b/i.test(text)) return namedSystem('windows', '');
  if (name === undefined) return /\b(?:darwin|macos)\b/i.test(text) ? namedSystem('mac os', '') : noSystem;
  const key = name.toLowerCase();
  if (key === 'windows')
    return version === 'RT' ? namedSystem('windows rt', '') : namedSystem(key, windows(version));
  if (key === 'ios' && /\biPad\b/.test(text) && Number.parseInt(version ?? '', 10) >= 13)
    return namedSystem('ipados', minor(version));
  // A kernel's version is not a distribution's.
  if (key === 'linux') return namedSystem(key, '');
  return namedSystem(key, minor(version), name);
}

const noSystem: System = { osCode: '', osName: '', osVersion: '' };

function namedSystem(key: string, osVersion: string, otherwise = ''): System {
  const [osCode, osName] = desktopSystems.get(key) ?? otherSystems.get(key) ?? ['', otherwise];
  return { osCode, osName, osVersion };
}

/** Windows is known by words as well as numbers; all else the parser reports is a fragment. */
function windows(version: string | undefined): string {
  if (version?.startsWith('NT')) return 'NT';
  return /^(?:ME|XP|Vista|2000|95|98|7|8\.1|8|10|11)\b/.exec(version ?? '')?.[0] ?? '';
}

function clientOf(parser: UAParser, text: string, system: System): Client {
  // A browser says so first (RFC 9110 has the most significant product lead); a library's name later is noise.
  const library = /^(?:Mozilla|Opera)\//.test(text) ? undefined : libraryOf(text);
  if (library) return library;

  const { name, version } = parser.getBrowser();
  if (name === undefined) return noClient;
  const clientVersion = minor(version);
  const app = mobileApps.get(name.toLowerCase());
  if (app !== undefined) return { ...noClient, clientType: 'mobile app', clientName: app, clientVersion };
  const browser = browserOf(name, text, system);
  if (browser === undefined) return noClient;

  const engine = parser.getEngine();
  return {
    clientType: 'browser',
    clientCode: browser[0],
    clientName: browser[1],
    // What the parser calls WebKit is a page in an app's web view, and the version the engine's.
    clientVersion: name === 'WebKit' ? '' : clientVersion,
    clientEngine: engine.name === 'EdgeHTML' ? 'Edge' : (engine.name ?? ''),
    clientEngineVersion: engine.version ?? '',
  };
}

const noClient: Client = {
  clientType: '',
  clientCode: '',
  clientName: '',
  clientVersion: '',
  clientEngine: '',
  clientEngineVersion: '',
};

/** Finds the first product token that names an HTTP library or one of Appwrite's SDKs. */
function libraryOf(text: string): Client | undefined {
  const products = text.replace(/\([^()]*\)/g, ' ');
  for (const [, product = '', version] of products.matchAll(
    /(?:^|\s)([a-z][\w.-]*)(?:(?:\/| )v?(\d[\d.]*))?/gi,
  )) {
    const clientName = /^Appwrite\w+$/.test(product) ? product : libraries.get(product.toLowerCase());
    if (clientName !== undefined)
      return { ...noClient, clientType: 'library', clientName, clientVersion: minor(version) };
  }
  return undefined;
}

/** Gives a browser's code and name; some browsers have others on a phone than on a desktop. */
function browserOf(name: string, text: string, { osCode }: System): readonly [string, string] | undefined {
  const key = name.toLowerCase();
  const onApple = osCode === 'IOS' || osCode === 'IPA';
  if (key === 'webkit') return onApple ? browsers.get('mobile safari') : undefined;
  if (key === 'khtml' || key === 'mozilla') return undefined;
  if (key === 'chrome' && onApple) return ['CI', 'Chrome Mobile iOS'];
  if (key === 'chrome' && /\bMobile\b/.test(text)) return ['CM', 'Chrome Mobile'];
  if (key === 'firefox' && onApple) return ['F1', 'Firefox Mobile iOS'];
  if (key === 'firefox' && /\b(?:Mobile|Tablet)\b/.test(text)) return ['FM', 'Firefox Mobile'];
  if (key === 'opera' && /\bMobile\b/.test(text)) return ['OM', 'Opera Mobile'];
  if (key === 'opera mini' && onApple) return ['O1', 'Opera Mini iOS'];
  return browsers.get(key) ?? ['', name];
}

function deviceOf(parser: UAParser, { osCode, osName }: System): Device {
  const { type, vendor, model } = parser.getDevice();
  const isApple = osCode === 'IOS' || osCode === 'IPA' || osCode === 'MAC' || osCode === 'WAS';
  const brand = vendor ?? (isApple ? 'Apple' : '');
  return {
    deviceName: model?.startsWith('iPod')
      ? 'portable media player'
      : (deviceTypes.get(type ?? '') ?? (isDesktop(osName) ? 'desktop' : '')),
    deviceBrand: brands.get(brand.toLowerCase()) ?? brand,
    deviceModel: model === undefined || notModels.has(model) ? '' : model,
  };
}

const desktopNames = new Set([...desktopSystems.values()].map(([, name]) => name));
const isDesktop = (osName: string) => desktopNames.has(osName);

/** Cuts `10_15_7` or `124.0.6367.82` to major and minor; what starts with no digit is no version. */
function minor(version: string | undefined): string {
  return /^\d+(?:[._]\d+)?/.exec(version ?? '')?.[0].replace('_', '.') ?? '';
}
