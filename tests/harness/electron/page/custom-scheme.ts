// A scheme of an app's own does not exist in a plain Chromium: its pages are served under an address that can lead nowhere.
const SUFFIX = ".invalid";

/** How a page under an own scheme is addressed in the browser. */
export function toBrowser(url: string, schemes: readonly string[]): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return schemes.includes(scheme) ? `https://${host}.${scheme}${SUFFIX}${pathname}${search}${hash}` : url;
}

/** How an address in the browser reads in the app. */
export function toApp(url: string, schemes: readonly string[]): string {
  if (!URL.canParse(url)) return url;
  const { hostname, pathname, search, hash } = new URL(url);
  const scheme = schemes.find((one) => hostname.endsWith(`.${one}${SUFFIX}`));
  if (scheme === undefined) return url;
  return `${scheme}://${hostname.slice(0, -`.${scheme}${SUFFIX}`.length)}${pathname}${search}${hash}`;
}
