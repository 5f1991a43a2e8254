/**
 * Why there is no Chromium for the screens here: the package's is for Linux on x64.
 * @returns {string | null} a sentence, or null when there is one
 */
export function findObstacle() {
  if (process.platform === "linux" && process.arch === "x64") return null;
  return process.env.CHROMIUM_PATH ? null : "There is no packaged Chromium: set CHROMIUM_PATH.";
}
