/** What goes wrong between a machine and its server. The tray has a text for each in five languages. */
export const CONNECTION_PROBLEMS = [
  "not-found",
  "refused",
  "unreachable",
  "timeout",
  "closed",
  "certificate-untrusted",
  "certificate-expired",
  "certificate-wrong-name",
  "not-tls",
] as const;
export type ConnectionProblem = (typeof CONNECTION_PROBLEMS)[number];

type LocalProblem =
  | "access-denied"
  | "disk-full"
  | "read-only"
  | "disk-error"
  | "too-many-files"
  | "missing"
  | "wrong-kind"
  | "in-use";

/** What is wrong in plain words, and what to do. */
const TEXTS: Record<ConnectionProblem | LocalProblem, string> = {
  "not-found": "No server was found with this name. Check the spelling, the network and DNS.",
  refused:
    "No program accepts connections at this address. Check the address and the port, and that the server is running.",
  unreachable: "There is no network route to this address. Check the network, the VPN and the firewall.",
  timeout: "The server did not answer in time. Check the network and the firewall, or try again later.",
  closed: "The connection was closed before the answer was complete. Check proxies and firewalls on the way.",
  "certificate-untrusted":
    "The server's certificate was issued by an authority that this computer does not trust. Check the address, or add the authority with --ca-file or --pin.",
  "certificate-expired":
    "The server's certificate has expired or is not valid yet. Check the clock of this computer, and renew the certificate on the server.",
  "certificate-wrong-name":
    "The server's certificate is for another name. Use a name that is in the certificate.",
  "not-tls":
    "The server at this address does not speak HTTPS. Check the port, and whether the address starts with http or https.",
  "access-denied": "Access is denied. Check the owner and the permissions, or use an administrator account.",
  "disk-full": "The disk is full. Free up space on it.",
  "read-only": "The file system is read-only. Check the disk and how it is mounted.",
  "disk-error": "The disk reported an error. Check its health and its connection.",
  "too-many-files": "Too many files are open. Raise the limit of open files, or close other programs.",
  missing: "A file or folder does not exist. Check the path.",
  "wrong-kind": "There is a folder in place of a file, or a file in place of a folder. Move it away.",
  "in-use": "Another program uses this address and port. Stop it, or choose another port.",
};

/** Codes of Node, OpenSSL and SQLite. */
const CODES: Readonly<Record<string, ConnectionProblem | LocalProblem>> = {
  ENOTFOUND: "not-found",
  EAI_AGAIN: "not-found",
  EAI_FAIL: "not-found",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  ETIMEDOUT: "timeout",
  TIMEOUT: "timeout",
  ECONNRESET: "closed",
  ECONNABORTED: "closed",
  EPIPE: "closed",
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-wrong-name",
  EPROTO: "not-tls",
  ERR_SSL_WRONG_VERSION_NUMBER: "not-tls",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "not-tls",
  HPE_INVALID_CONSTANT: "not-tls",
  EACCES: "access-denied",
  EPERM: "access-denied",
  SQLITE_READONLY: "access-denied",
  SQLITE_CANTOPEN: "access-denied",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  SQLITE_FULL: "disk-full",
  EROFS: "read-only",
  EIO: "disk-error",
  SQLITE_IOERR: "disk-error",
  EMFILE: "too-many-files",
  ENFILE: "too-many-files",
  ENOENT: "missing",
  EISDIR: "wrong-kind",
  ENOTDIR: "wrong-kind",
  EADDRINUSE: "in-use",
};
const UNTRUSTED = /CERT|ISSUER|SELF_SIGNED|UNABLE_TO_VERIFY|INVALID_CA/;

/** SQLite's extended codes, such as SQLITE_IOERR_READ, mean what their first part does. */
function problemOf(given: string): ConnectionProblem | LocalProblem | null {
  const code = given.replace(/^(SQLITE_[A-Z]+)_.*$/, "$1");
  if (Object.hasOwn(CODES, code)) return CODES[code] ?? null;
  return UNTRUSTED.test(code) ? "certificate-untrusted" : null;
}

/** What a code of Node or OpenSSL says about a connection; null when it says something else, or nothing known. */
export function connectionProblemOf(code: string): ConnectionProblem | null {
  const problem = problemOf(code);
  return CONNECTION_PROBLEMS.find((known) => known === problem) ?? null;
}

/** The sentences for a code of Node, OpenSSL or SQLite; null for an unknown one. */
export function explainErrorCode(code: string): string | null {
  const problem = problemOf(code);
  return problem === null ? null : TEXTS[problem];
}

/** The message of whatever was thrown. An error of the system is explained, with the system's own words in brackets. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  const explanation = code === null ? null : explainErrorCode(code);
  const message = messageOf(error);
  return explanation === null ? message : `${explanation} (${message})`;
}

/** An error of several addresses of one name has no message of its own. */
function messageOf(error: Error): string {
  if (error.message !== "" || !(error instanceof AggregateError)) return error.message;
  return error.errors.map((one: unknown) => (one instanceof Error ? one.message : String(one))).join("; ");
}

/**
 * Why a connection failed, as sentences and the code. Of the system's own words only those about names stay: the others are fixed texts, of
 * which some give advice about Node.js.
 */
export function explainConnectionError(error: Error): string {
  const code = codeOf(error);
  if (code === null) return error.message;
  const explanation = explainErrorCode(code);
  if (explanation === null) return `${error.message} (${code})`;
  return connectionProblemOf(code) === "certificate-wrong-name"
    ? `${explanation} (${error.message}; ${code})`
    : `${explanation} (${code})`;
}

/** The problem of which `explainConnectionError` made this text; null for any other text. */
export function connectionProblemIn(text: string): ConnectionProblem | null {
  const [, code = ""] = /[( ]([A-Z][A-Z0-9_]+)\)$/.exec(text) ?? [];
  return connectionProblemOf(code);
}

function codeOf(error: Error): string | null {
  return "code" in error && typeof error.code === "string" && error.code !== "" ? error.code : null;
}
