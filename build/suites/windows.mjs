import { accessSync, constants } from "node:fs";
import path from "node:path";

const PROGRAMS = { mmdebstrap: "mmdebstrap", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32" };

/**
 * Why the agent for Windows cannot be tried here.
 * @returns {string | null} a sentence, or null when it can
 */
export function findObstacle() {
  if (process.platform !== "linux" || process.arch !== "x64") return "It needs Linux on x64.";
  if (process.getuid?.() !== 0) return "Only root can make the namespaces and the file tree that Wine needs.";
  const missing = Object.keys(PROGRAMS).filter((program) => !isOnPath(program));
  if (missing.length === 0) return null;
  const packages = Object.values(PROGRAMS).join(" ");
  return `${missing.join(" and ")} missing. On Debian: apt-get install ${packages}`;
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
