/** JSON with the keys of every object in order and without absent values: equal contents give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sortKeys(part) : part));
}

/** First 16 hexadecimal digits of the SHA-256 of the canonical JSON. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value)).slice(0, 16);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** SHA-256 of a text, 64 hexadecimal digits. */
export function sha256(text: string): string {
  // Not by `import`, which makes every export of the module, WebCrypto's too: 1 MiB of memory.
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}
