import { lstat } from "node:fs/promises";
import { outputOf } from "../command-output.ts";
import type { RunCommand } from "../run-command.ts";
import { accessScript, ownerProblemOf } from "./administrator-file.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const LIMIT_MS = 10_000;
const SCRIPT_LIMIT_MS = 30_000;
// By number, since their names are in the system's language.
const SYSTEM_AND_ADMINISTRATORS = ["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"];
/** OWNER RIGHTS: whoever owns the folder. */
const OWNER = "*S-1-3-4:(OI)(CI)F";

/**
 * Takes a folder away from everybody but the system, administrators and, for a user's own agent, its owner. ProgramData lets every
 * user read by default. For the service what somebody granted before is removed first: `/grant:r` replaces only the entries of those
 * that it names, and OWNER RIGHTS would give a former owner the folder. Written from the documentation of icacls.
 */
export async function protectFolder(run: RunCommand, path: string, isService: boolean): Promise<void> {
  const icacls = async (...args: string[]) =>
    outputOf(await run("icacls.exe", [path, ...args], { timeoutMs: LIMIT_MS }), "icacls");
  if (isService) await icacls("/reset");
  const entitled = isService ? SYSTEM_AND_ADMINISTRATORS : [...SYSTEM_AND_ADMINISTRATORS, OWNER];
  await icacls("/inheritance:r", "/grant:r", ...entitled);
}

/**
 * Why the service must not use this home folder, null where it may: everybody may make a folder in ProgramData first, and stays its
 * owner. A folder that does not exist is made by the service itself.
 */
export async function serviceHomeProblem(run: RunCommand, path: string): Promise<string | null> {
  try {
    if (!(await lstat(path)).isDirectory()) return `${path} is no folder`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const result = await run(POWERSHELL, powershellArguments(accessScript(path)), {
    timeoutMs: SCRIPT_LIMIT_MS,
  });
  const problem = ownerProblemOf(result.kind === "exited" ? result.stdout : "");
  return problem === null ? null : `${path} ${problem}`;
}
