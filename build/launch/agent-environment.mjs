/** What the agent may get from the environment of the launcher: its own settings, and what the system and Node give every program. */
const allowedNames = new Set(
  `
  PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM TMPDIR PWD
  DBUS_SYSTEM_BUS_ADDRESS DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XAUTHORITY
  INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET
  NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_COMPILE_CACHE SSL_CERT_FILE SSL_CERT_DIR
  SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS TEMP TMP USERNAME USERDOMAIN USERPROFILE COMPUTERNAME
  APPDATA LOCALAPPDATA PROGRAMDATA ALLUSERSPROFILE HOMEDRIVE HOMEPATH PROCESSOR_ARCHITECTURE NUMBER_OF_PROCESSORS
  PSMODULEPATH PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432 COMMONPROGRAMFILES
  MUSTER_ENROL_TOKEN FLEET_SERVER
  `
    .trim()
    .split(/\s+/),
);
const allowedPrefixes = ["MUSTER_AGENT_", "LC_", "XDG_"];

/**
 * The environment of the agent beside the server. A list of what is allowed, so that no present or future setting of the server (master
 * key, database URL) reaches a program that needs none of them. Names are compared in upper case, as Windows does.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv}
 */
export function agentEnvironment(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => {
      const upper = name.toUpperCase();
      return allowedNames.has(upper) || allowedPrefixes.some((prefix) => upper.startsWith(prefix));
    }),
  );
}
