import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";

export type LoginSession = { id: string; user: string; uid: number; isLocked?: boolean; display?: string };

/** Writes a shell script as a program; one that runs already stays as it is. */
export function writeProgram(file: string, script: string): void {
  writeFileSync(`${file}.new`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  renameSync(`${file}.new`, file);
}

/** Writes a `loginctl` that knows these sessions of desktops, and no `who` besides. */
export function writeLoginPrograms(folder: string, sessions: readonly LoginSession[]): void {
  const list = sessions.map(({ id, uid, user }) => `echo "  ${id} ${uid} ${user} seat0 tty7"`);
  const shows = sessions.map(
    (session) => `"show-session ${session.id} "*) printf '%s\\n' ${describeSession(session)} ;;`,
  );
  const cases = [`*list-sessions) ${[":", ...list].join("; ")} ;;`, ...shows];
  writeProgram(path.join(folder, "loginctl"), `case "$*" in\n${cases.join("\n")}\nesac`);
  writeProgram(path.join(folder, "who"), "exit 1");
}

function describeSession({ user, uid, isLocked = false, display = "" }: LoginSession): string {
  const properties = {
    Name: user,
    User: uid,
    Type: "x11",
    Class: "user",
    State: "active",
    Active: "yes",
    LockedHint: isLocked ? "yes" : "no",
    Display: display,
    TTY: "tty7",
  };
  return Object.entries(properties)
    .map(([name, value]) => `'${name}=${value}'`)
    .join(" ");
}

/** The configuration of a message bus for every account that starts no services: the distribution's would start missing daemons. */
export function busConfiguration(socketPath: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>unix:path=${socketPath}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}
