import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const INSTALL_LIMIT_MS = 180_000;
/** Test files that run at the same time install one after the other. */
export const INSTALL_LOCK = path.join(tmpdir(), "muster-tests-install.lock");

export type FoundProgram = { kind: "found"; path: string } | { kind: "missing"; reason: string };

/**
 * A program of this system; on Debian and its like, installed by its package when it is missing and this process may. Tests that
 * need it skip with the reason when there is none.
 * @param debianPackage where its name is another
 */
export async function findOrInstall(program: string, debianPackage = program): Promise<FoundProgram> {
  const before = find(program);
  if (before) return { kind: "found", path: before };
  const apt = find("apt-get");
  if (!apt || process.getuid?.() !== 0) {
    return { kind: "missing", reason: `${program} is not installed, and only root on Debian installs it` };
  }
  try {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, timeout: INSTALL_LIMIT_MS };
    const script = `${apt} update -qq && ${apt} install -y -qq --no-install-recommends "$0"`;
    await run("flock", [INSTALL_LOCK, "sh", "-c", script, debianPackage], options);
  } catch (error) {
    return { kind: "missing", reason: `${program} cannot be installed: ${String(error).split("\n")[0]}` };
  }
  const after = find(program);
  return after
    ? { kind: "found", path: after }
    : { kind: "missing", reason: `${program} has no such package` };
}

function find(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find((place) => existsSync(place));
}
