/** Headers of answers on the hot path: only those that a program needs, because every report gets them. */
export const HOT_PATH_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "application/json",
};

/** Headers of all other answers of the API. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  ...HOT_PATH_HEADERS,
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

/**
 * Headers of a page. Styles that a script creates at run time need `nonce`; scripts that are part of the page are allowed by their
 * SHA-256 alone.
 */
export function pageHeaders(nonce?: string, scriptHashes: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...scriptHashes.map((hash) => `'sha256-${hash}'`)].join(" "),
    nonce === undefined ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
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

/** Headers of the dashboard's other files. A worker uses the policy of its own script, so that policy allows connections. */
export const ASSET_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** HSTS. Sent only when the public URL is https. */
export const STRICT_TRANSPORT = { "strict-transport-security": "max-age=31536000" };
