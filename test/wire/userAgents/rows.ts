import type { ParsedUserAgent } from '../../../src/wire/userAgent';

/** Every field unknown. */
export const nothing: ParsedUserAgent = {
  osCode: '',
  osName: '',
  osVersion: '',
  clientType: '',
  clientCode: '',
  clientName: '',
  clientVersion: '',
  clientEngine: '',
  clientEngineVersion: '',
  deviceName: '',
  deviceBrand: '',
  deviceModel: '',
};

export type Os = readonly [code: string, name: string, version: string];
type Browser = readonly [code: string, name: string, version: string, engine: string, engineVersion: string];
type Device = readonly [name: string, brand: string, model: string];

const os = ([osCode, osName, osVersion]: Os) => ({ osCode, osName, osVersion });
const device = ([deviceName, deviceBrand, deviceModel]: Device) => ({ deviceName, deviceBrand, deviceModel });

export function browser(system: Os, client: Browser, on: Device): ParsedUserAgent {
  const [clientCode, clientName, clientVersion, clientEngine, clientEngineVersion] = client;
  const fields = { clientCode, clientName, clientVersion, clientEngine, clientEngineVersion };
  return { ...os(system), clientType: 'browser', ...fields, ...device(on) };
}

export const app = (system: Os, clientName: string, clientVersion: string, on: Device): ParsedUserAgent => ({
  ...nothing,
  ...os(system),
  clientType: 'mobile app',
  clientName,
  clientVersion,
  ...device(on),
});

export const library = (clientName: string, clientVersion: string, system?: Os): ParsedUserAgent => ({
  ...nothing,
  clientType: 'library',
  clientName,
  clientVersion,
  ...(system && { ...os(system), deviceName: 'desktop' }),
});

export const desktop: Device = ['desktop', '', ''];
export const linux: Os = ['LIN', 'GNU/Linux', ''];
export const mac: Os = ['MAC', 'Mac', '10.15'];
export const windows: Os = ['WIN', 'Windows', '10'];
export const blink = ' AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0';
export const webkit = ' AppleWebKit/605.1.15 (KHTML, like Gecko)';

/** A user agent as it is sent, and what must be read from it. */
export type Row = readonly [what: string, userAgent: string, parsed: ParsedUserAgent];
