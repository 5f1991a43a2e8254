import { existsSync } from "node:fs";

/**
 * Why the agent cannot be tried as a service of a real systemd here.
 * @returns {string | null} a sentence, or null when it can
 */
export function findObstacle() {
  if (process.platform !== "linux" || process.arch !== "x64") return "It needs Linux on x64.";
  if (process.getuid?.() !== 0) return "Only root can make the namespaces that systemd needs.";
  if (!existsSync("/lib/systemd/systemd")) return "systemd is not installed.";
  if (!existsSync("/usr/bin/dpkg-deb")) return "dpkg-deb is not installed.";
  if (!existsSync("/usr/bin/mmdebstrap"))
    return "mmdebstrap is not installed. On Debian: apt-get install mmdebstrap";
  return null;
}
