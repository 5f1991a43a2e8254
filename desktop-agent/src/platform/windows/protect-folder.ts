import { outputOf } from "../command-output.ts";
import type { RunCommand } from "../run-command.ts";

const LIMIT_MS = 10_000;
// By number, since their names are in the system's language: SYSTEM, Administrators, the owner.
const ENTITLED = ["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F", "*S-1-3-4:(OI)(CI)F"];

/** Takes a folder away from everybody but the system, administrators and its owner. ProgramData lets every user read by default. */
export async function protectFolder(run: RunCommand, path: string): Promise<void> {
  const args = [path, "/inheritance:r", "/grant:r", ...ENTITLED];
  outputOf(await run("icacls.exe", args, { timeoutMs: LIMIT_MS }), "icacls");
}
