/**
 * Gives the same request the same idempotency key, and another request another one: pressing twice, or again after an answer
 * that was lost, asks once.
 */
export function createRequestKeys(randomKey: () => string): (request: object) => string {
  let last: { request: string; key: string } | null = null;
  return (request) => {
    const text = JSON.stringify(request);
    if (last?.request !== text) last = { request: text, key: randomKey() };
    return last.key;
  };
}

/** 128 random bits. `crypto.randomUUID` is only there on pages that came by https. */
export function makeRandomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
