/** Secrets that are redacted in every field and message. */
const CREDENTIAL = /\b(m[a-z]_)[A-Za-z0-9_-]{43}/g;
const URL_PASSWORD = /(:\/\/[^\s:/@"]*:)[^\s/@"]+@/g;

/** Fields that are redacted by their name: at the top of a line, one level down and in headers. */
const REDACTED_NAMES = [
  "authorization",
  "cookie",
  '["set-cookie"]',
  "password",
  "current",
  "next",
  "secret",
  "token",
  "credential",
  "masterKey",
];

/** Paths for pino's redaction. */
export const REDACTED_PATHS = REDACTED_NAMES.flatMap((name) => {
  const below = (parent: string) => (name.startsWith("[") ? parent + name : `${parent}.${name}`);
  return [name, below("*"), below("*.headers")];
});

/** Redacts credentials of Muster and passwords in URLs in a finished line. */
export function redactSecrets(line: string): string {
  return line.replaceAll(CREDENTIAL, "$1[redacted]").replaceAll(URL_PASSWORD, "$1[redacted]@");
}
