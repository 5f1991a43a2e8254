import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { chmodSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** An account of every Debian, as somebody who is logged in at a desktop. */
export type Person = { user: string; uid: number };
export const ANN: Person = { user: "daemon", uid: 1 };
export const BEN: Person = { user: "bin", uid: 2 };
export const CAT: Person = { user: "games", uid: 5 };

export type LoggedInPeople = {
  /** For the channels of a service. Short, as the name of a socket has to be. */
  runFolder: string;
  /** Makes a service open its channels there, and see these people logged in. */
  environment: Record<string, string>;
  logIn(people: readonly Person[]): Promise<void>;
  remove(): Promise<void>;
};

/** A machine whose login manager says what the test wants. */
export async function startLoggedInPeople(people: readonly Person[]): Promise<LoggedInPeople> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-run-"));
  // People come by here on the way to their sockets.
  chmodSync(folder, 0o755);
  const programs = path.join(folder, "bin");
  mkdirSync(programs);
  const write = (name: string, script: string) =>
    writeFile(path.join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const logIn = (now: readonly Person[]) => write("loginctl", loginctl(now));
  await write("who", "exit 1");
  await logIn(people);
  const runFolder = path.join(folder, "run");
  return {
    runFolder,
    environment: {
      PATH: `${programs}:${process.env["PATH"] ?? ""}`,
      MUSTER_AGENT_RUN_DIR: runFolder,
    },
    logIn,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function loginctl(people: readonly Person[]): string {
  const list = people.map(({ user, uid }) => `echo "  c${uid} ${uid} ${user} seat0 tty7"`);
  const shows = people.map(
    ({ user, uid }) =>
      `"show-session c${uid} "*) printf 'Name=${user}\\nUser=${uid}\\nType=x11\\nClass=user\\nState=active\\nActive=yes\\nLockedHint=no\\nTTY=tty7\\n' ;;`,
  );
  return `case "$*" in\n*list-sessions) ${[":", ...list].join("; ")} ;;\n${shows.join("\n")}\nesac`;
}
