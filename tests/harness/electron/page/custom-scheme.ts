// Plain Chromium does not know an app's custom scheme, so its pages are served under a URL that cannot exist.
const SUFFIX = ".invalid";

/** The browser's URL of a page with a custom scheme. */
export function toBrowser(url: string, schemes: readonly string[]): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return schemes.includes(scheme) ? `https://${host}.${scheme}${SUFFIX}${pathname}${search}${hash}` : url;
}

/** The app's URL of a page in the browser. */
export function toApp(url: string, schemes: readonly string[]): string {
  if (!URL.canParse(url)) return url;
  const { hostname, pathname, search, hash } = new URL(url);
  const scheme = schemes.find((one) => hostname.endsWith(`.${one}${SUFFIX}`));
  if (scheme === undefined) return url;
  return `${scheme}://${hostname.slice(0, -`.${scheme}${SUFFIX}`.length)}${pathname}${search}${hash}`;
}
