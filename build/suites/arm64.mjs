import { existsSync } from "node:fs";

const PACKAGES =
  "qemu-user-static binutils-aarch64-linux-gnu libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross libatomic1-arm64-cross";
const NEEDED = [
  "/usr/bin/qemu-aarch64-static",
  "/usr/bin/aarch64-linux-gnu-strip",
  "/usr/aarch64-linux-gnu/lib/libstdc++.so.6",
  "/usr/aarch64-linux-gnu/lib/libatomic.so.1",
];

/**
 * Why the agent for arm64 cannot be built and run here.
 * @returns {string | null} a sentence, or null when it can
 */
export function findObstacle() {
  if (process.platform !== "linux" || process.arch !== "x64") return "It needs Linux on x64.";
  const missing = NEEDED.find((file) => !existsSync(file));
  return missing === undefined ? null : `${missing} is missing. On Debian: apt-get install ${PACKAGES}`;
}
