import { stdSerializers } from "pino";

const CENSOR = "[redacted]";
/** A credential of Muster: a prefix and at least 43 characters, wherever it stands. Longer runs are concealed completely. */
const CREDENTIAL = /(m[a-z]_)[A-Za-z0-9_-]{43,}/g;
/** Begin of a URL's password: everything from here to the last @ before a blank is concealed, because a password may contain @. */
const URL_USER = /:\/\/[^/:]*:/;
const MAX_DEPTH = 12;

/** Fields that are concealed whatever they contain, at any depth. Compared in lower case without _ and -. */
const SECRET_NAMES = new Set([
  "authorization",
  "cookie",
  "setcookie",
  "password",
  "passwordhash",
  "current",
  "next",
  "secret",
  "secrethash",
  "token",
  "credential",
  "apikey",
  "masterkey",
  "privatekey",
]);

/** Conceals credentials and passwords in URLs in a text. Takes time in proportion to its length. */
function redactText(text: string): string {
  const safe = text.replaceAll(CREDENTIAL, `$1${CENSOR}`);
  return safe.includes("://") ? safe.replaceAll(/\S+/g, redactUrlPassword) : safe;
}

/**
 * Conceals secrets in the fields of a log record, before they become text: values of fields with a secret name, and credentials in
 * every other text, names of fields and errors included.
 */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactEntries(fields, new Set(), 0);
}

function redactUrlPassword(run: string): string {
  const user = URL_USER.exec(run);
  const end = run.lastIndexOf("@");
  const start = user === null ? Number.POSITIVE_INFINITY : user.index + user[0].length;
  return start > end ? run : run.slice(0, start) + CENSOR + run.slice(end);
}

/** Conceals secrets in one value: a text, an object, an error, or a list of them. */
export function redactValue(value: unknown): unknown {
  return redact(value, new Set(), 0);
}

function redactEntries(value: object, parents: ReadonlySet<object>, depth: number): Record<string, unknown> {
  const inside = new Set([...parents, value]);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      redactText(name),
      isSecretName(name) ? CENSOR : redact(field, inside, depth + 1),
    ]),
  );
}

function redact(value: unknown, parents: ReadonlySet<object>, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (parents.has(value)) return "[circular]";
  if (depth > MAX_DEPTH) return "[too deep]";
  if (value instanceof Error) return redactEntries(stdSerializers.err(value), parents, depth);
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (hasToJson(value)) return redact(value.toJSON(), new Set([...parents, value]), depth + 1);
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    const inside = new Set([...parents, value]);
    return [...value].map((item) => redact(item, inside, depth + 1));
  }
  return redactEntries(value, parents, depth);
}

function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase().replaceAll(/[_-]/g, ""));
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}
