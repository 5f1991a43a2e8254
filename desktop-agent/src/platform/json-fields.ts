/** An object out of JSON whose fields are not known to be of any kind. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads an object that PowerShell printed; undefined for anything else: an error text, truncated output, a bare value. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.trim().replace(/^\uFEFF/, ""));
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON is one of the answers named above.
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textField(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === "string" ? value : undefined;
}

/** A number from 0 to `most`. */
export function numberField(object: JsonObject, name: string, most: number): number | undefined {
  const value = object[name];
  return typeof value === "number" && value >= 0 && value <= most ? value : undefined;
}

/** A list; empty when it is none. */
export function listField(object: JsonObject, name: string): readonly unknown[] {
  const value = object[name];
  return Array.isArray(value) ? value : [];
}
