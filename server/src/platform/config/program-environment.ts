/** Where programs and folders of a user are, and how the npm registry is reached. No setting of the server is among them. */
const ALLOWED_NAMES =
  /^(?:PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|LANG|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|NPM_CONFIG_.+)$/i;

/** The environment of the programs that this server starts: without its secrets, such as the master key. */
export function readProgramEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => ALLOWED_NAMES.test(name)));
}
