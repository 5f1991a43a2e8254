/** Headers of every answer on the hot path: as few as are of use to a program, for they travel with each report. */
export const HOT_PATH_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "application/json",
};

/** Headers of every other answer of the API. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  ...HOT_PATH_HEADERS,
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

/** Headers of a page of the dashboard. Its styles made at run time carry `nonce`. */
export function pageHeaders(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
  };
}

/** Headers of the dashboard's other files. A worker lives by the policy of its own script, so it may connect. */
export const ASSET_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** Tells browsers to come back by https only. Sent only where the public address is https. */
export const STRICT_TRANSPORT = { "strict-transport-security": "max-age=31536000" };
