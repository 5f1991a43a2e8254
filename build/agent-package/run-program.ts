import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const LIMIT_MS = 300_000;

const run = promisify(execFile);

/** Runs a program and returns its standard output. Rejects with its output when it fails. */
export async function runProgram(
  file: string,
  args: readonly string[],
  { cwd }: { cwd?: string } = {},
): Promise<string> {
  const { stdout } = await run(file, args, { timeout: LIMIT_MS, cwd });
  return stdout;
}

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, name)));
}
