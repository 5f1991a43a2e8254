import { mkdtemp, rm } from "node:fs/promises";
import { chmodSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeLoginPrograms } from "./desktop-programs.ts";

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
  const logIn = async (now: readonly Person[]) =>
    writeLoginPrograms(
      programs,
      now.map(({ user, uid }) => ({ id: `c${uid}`, user, uid })),
    );
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
