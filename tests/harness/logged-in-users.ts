import { mkdtemp, rm } from "node:fs/promises";
import { chmodSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeLoginPrograms } from "./desktop-programs.ts";

/** An account of every Debian, as a user who is logged in at a desktop. */
export type Account = { user: string; uid: number };
export const ANN: Account = { user: "daemon", uid: 1 };
export const BEN: Account = { user: "bin", uid: 2 };
export const CAT: Account = { user: "games", uid: 5 };

export type LoggedInUsers = {
  /** For the channels of a service. Short, as the name of a socket has to be. */
  runFolder: string;
  /** Makes a service open its channels there, and see these users as logged in. */
  environment: Record<string, string>;
  logIn(users: readonly Account[]): Promise<void>;
  remove(): Promise<void>;
};

/** A machine whose login manager reports the users that the test chooses. */
export async function startLoggedInUsers(users: readonly Account[]): Promise<LoggedInUsers> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-run-"));
  // Users pass here on the way to their sockets.
  chmodSync(folder, 0o755);
  const programs = path.join(folder, "bin");
  mkdirSync(programs);
  const logIn = async (now: readonly Account[]) =>
    writeLoginPrograms(
      programs,
      now.map(({ user, uid }) => ({ id: `c${uid}`, user, uid })),
    );
  await logIn(users);
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
