import * as v from 'valibot';
import type { LocalSettings } from './localSettings.ts';

const ready = v.object({ event: v.literal('DEV_SERVER_READY'), ip: v.string(), port: v.number() });
export type Address = v.InferOutput<typeof ready>;

/** What wrangler says over IPC once it answers; undefined for any other message. */
export function readAddress(message: unknown): Address | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), ready), message);
  return result.success ? result.output : undefined;
}

/** The API's address; one that means any address of this machine becomes one that a client can use. */
export function endpointOf(protocol: string, { ip, port }: Address): string {
  const isThisMachine = ['localhost', '127.0.0.1', '0.0.0.0', '*', '::', '[::]', '[::1]'].includes(ip);
  return `${protocol}://${isThisMachine ? 'localhost' : ip}:${port}/v1`;
}

/** What a developer needs to call the service. */
export function welcome(endpoint: string, { projectId, rootKey }: LocalSettings, keyFile: string): string {
  return `
  Endpoint     ${endpoint}
  Project ID   ${projectId}
  API key      ${rootKey ?? 'none: set ROOT_API_KEY'}
               (the root key, all scopes, from ${keyFile})

  Try:
    curl ${endpoint}/users \\
      -H 'X-Appwrite-Project: ${projectId}' \\
      -H 'X-Appwrite-Key: ${rootKey ?? '…'}'
`;
}

/** Where the console is. @param door the address that signs its first visitor in */
export function consoleLines(endpoint: string, door: string): string {
  return `  Console      ${endpoint.replace(/\/v1$/, '/console')}
               signed in, once: ${door}
`;
}
