import type { RunCommand } from "../run-command.ts";
import { desktopEnvironment } from "./desktop-environment.ts";
import type { DesktopLogin } from "./logins.ts";
import type { SystemFiles } from "./system-files.ts";

/** Puts in front of a command what makes it run as the user of a desktop, in that desktop, with nothing of our own environment. */
export type DesktopCommand = (command: readonly string[]) => { file: string; args: readonly string[] };

const LIMIT_MS = 5_000;
const PATH = "/usr/local/bin:/usr/bin:/bin:/run/current-system/sw/bin";

/**
 * The way into a login's desktop, or why there is none.
 * @param ownUid the account that we run as: root enters every desktop, others their own.
 */
export async function enterDesktop(
  run: RunCommand,
  files: SystemFiles,
  login: DesktopLogin,
  ownUid: number,
): Promise<DesktopCommand | { reason: string }> {
  if (ownUid !== 0 && ownUid !== login.uid) return { reason: "only root can show it to another user" };
  const environment = desktopEnvironment(files, login);
  if (environment === undefined) return { reason: "no process of the session tells its display" };
  // Programs of the desktop read their arguments in the locale's encoding: in C they refuse every accent.
  const args = ["-i", `PATH=${PATH}`, "LC_ALL=C.UTF-8", ...environment];
  if (ownUid === login.uid) return (command) => ({ file: "env", args: [...args, ...command] });

  const group = await run("id", ["-g", String(login.uid)], { timeoutMs: LIMIT_MS });
  const gid = group.kind === "exited" && group.code === 0 ? group.stdout.trim() : "";
  if (!/^\d+$/.test(gid)) return { reason: "the user's group is unknown" };
  // Unlike runuser it becomes the program, so that ending it ends the program.
  const drop = [`--reuid=${login.uid}`, `--regid=${gid}`, "--init-groups", "--", "env", ...args];
  return (command) => ({ file: "setpriv", args: [...drop, ...command] });
}
