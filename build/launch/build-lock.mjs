import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

const CHECK_MS = 100;
/** Longer than any build. Its process may be gone and its id be another one's. */
const STALE_AFTER_MS = 10 * 60_000;

/**
 * Runs `act` while no other process on this computer does so with the same file. Waits for the others, without an event loop.
 * @template Result
 * @param {string} file holds the id of the process; it is gone afterwards
 * @param {() => Result} act
 * @returns {Result}
 */
export function whileLocked(file, act) {
  while (!take(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CHECK_MS);
  try {
    return act();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    if (isLeftBehind(file)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function isLeftBehind(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE_AFTER_MS) return true;
    const holder = Number(readFileSync(file, "utf8"));
    // It was created a moment ago and has no id yet.
    if (holder === 0) return false;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
