/** An answer that a browser opens as a page may load nothing, and be put into no other page. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A year, and all hosts below this one (OWASP ASVS 5.0, 3.4.1). */
const HSTS = 'max-age=31536000; includeSubDomains';

/**
 * The headers that tell a browser to trust an answer no more than it must; on every answer, errors included. HSTS only
 * over HTTPS, where alone a browser takes it.
 */
export function securityHeaders(isHttps: boolean): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': NOTHING,
    ...(isHttps ? { 'Strict-Transport-Security': HSTS } : {}),
  };
}

/**
 * The policy of a page whose only addition is one style sheet within it.
 * @param styleHash SHA-256 of the style sheet, base64
 */
export function pagePolicy(styleHash: string): string {
  return `${NOTHING}; style-src 'sha256-${styleHash}'`;
}
