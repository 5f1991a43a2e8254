/** What a line of the log never holds, whatever field or message it came in. */
const CREDENTIAL = /\b(m[a-z]_)[A-Za-z0-9_-]{43}/g;
const URL_PASSWORD = /(:\/\/[^\s:/@"]*:)[^\s/@"]+@/g;

/** Fields that are left out of the log by their name, at the top of a line, one level down and in headers. */
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

/** Paths for pino's own redaction. */
export const REDACTED_PATHS = REDACTED_NAMES.flatMap((name) => {
  const below = (parent: string) => (name.startsWith("[") ? parent + name : `${parent}.${name}`);
  return [name, below("*"), below("*.headers")];
});

/** Takes credentials of Muster and passwords inside URLs out of a finished line. */
export function redactSecrets(line: string): string {
  return line.replaceAll(CREDENTIAL, "$1[concealed]").replaceAll(URL_PASSWORD, "$1[concealed]@");
}
