/** Where a request came from, as far as the activity log and sessions keep it. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string;
  /** Upper-case ISO 3166-1 alpha-2 as Cloudflare gives it; empty where unknown. */
  readonly countryCode: string;
}

/** Nobody knows from where, or it is not to be kept. */
export const NO_CLIENT: Client = { ip: '', userAgent: '', countryCode: '' };
