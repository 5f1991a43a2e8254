/** True when the client accepts `encoding` by its Accept-Encoding header. */
export function acceptsEncoding(header: string | undefined, encoding: "br" | "gzip"): boolean {
  for (const item of header?.split(",") ?? []) {
    const [name, ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    if (name === encoding) return !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  }
  return false;
}
