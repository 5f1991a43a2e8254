export type CloneText = { write(value: unknown): string; read(text: string): unknown };

type Written = null | boolean | string | number | [kind: string, content: unknown];

/**
 * Serializes values that a structured clone supports as text, because a page and the test exchange only text. Also runs in pages,
 * so it may not use anything outside of itself.
 */
export function makeCloneText(): CloneText {
  function put(value: unknown, known: object[]): Written {
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (Object.is(value, -0)) return ["number", "-0"];
    if (typeof value === "number") return Number.isFinite(value) ? value : ["number", String(value)];
    if (value === undefined) return ["undefined", null];
    if (typeof value === "bigint") return ["bigint", String(value)];
    if (typeof value !== "object") throw new TypeError("not cloneable");
    const place = known.indexOf(value);
    if (place !== -1) return ["known", place];
    known.push(value);
    if (Array.isArray(value)) return ["array", value.map((part) => put(part, known))];
    if (value instanceof Date) return ["date", value.getTime()];
    if (value instanceof Error) return ["error", value.message];
    if (value instanceof Map)
      return ["map", [...value].map((pair) => pair.map((part: unknown) => put(part, known)))];
    if (value instanceof Set) return ["set", [...value].map((part: unknown) => put(part, known))];
    if (value instanceof ArrayBuffer) return ["bytes", [...new Uint8Array(value)]];
    if (ArrayBuffer.isView(value))
      return ["bytes", [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]];
    return ["object", Object.entries(value).map(([key, part]) => [key, put(part, known)])];
  }

  function take(written: Written, known: unknown[]): unknown {
    if (!Array.isArray(written)) return written;
    const [kind, content] = written;
    const parts = content as Written[];
    const keep = <T>(made: T): T => {
      known.push(made);
      return made;
    };
    switch (kind) {
      case "number":
        return Number(content);
      case "bigint":
        return BigInt(content as string);
      case "known":
        return known[content as number];
      case "date":
        return keep(new Date(content as number));
      case "error":
        return keep(new Error(content as string));
      case "bytes":
        return keep(new Uint8Array(content as number[]));
      case "array": {
        const array = keep<unknown[]>([]);
        for (const part of parts) array.push(take(part, known));
        return array;
      }
      case "map": {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, part] of content as [Written, Written][])
          map.set(take(key, known), take(part, known));
        return map;
      }
      case "set": {
        const set = keep(new Set<unknown>());
        for (const part of parts) set.add(take(part, known));
        return set;
      }
      case "object": {
        const object = keep<Record<string, unknown>>({});
        for (const [key, part] of content as [string, Written][]) {
          // As a structured clone does: an own property, even if it is called __proto__.
          Object.defineProperty(object, key, {
            value: take(part, known),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return object;
      }
      default:
        return undefined;
    }
  }

  return { write: (value) => JSON.stringify(put(value, [])), read: (text) => take(JSON.parse(text), []) };
}
