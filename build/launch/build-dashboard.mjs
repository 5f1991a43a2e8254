import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { whileLocked } from "./build-lock.mjs";

const LOCK = ".build-lock";
const STAMP = ".built-from";
const sources = ["server/dashboard", "shared", "package-lock.json"];
const skipped = new Set(["node_modules", "dist", LOCK]);

/**
 * Builds server/dashboard/dist unless it was already built from the same sources. Of several processes that find it outdated one builds it, and
 * the others wait.
 * @param {string} root the clone
 * @returns {boolean} whether it exists now; if not, the bundler has printed the reason
 */
export function buildDashboard(root) {
  const folder = path.join(root, "server", "dashboard");
  const stamp = path.join(folder, "dist", STAMP);
  const hash = hashSources(root);
  if (readStamp(stamp) === hash) return true;
  return whileLocked(path.join(folder, LOCK), () => readStamp(stamp) === hash || build(root, folder, hash));
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {string} hash
 */
function build(root, folder, hash) {
  process.stdout.write("Building the dashboard.\n");
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: folder,
    // Tests set another one, and React's development build would be left for the server that is started next.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}The dashboard could not be built.\n`);
    return false;
  }
  writeFileSync(path.join(folder, "dist", STAMP), hash);
  return true;
}

/** @param {string} file */
function readStamp(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** @param {string} root */
function hashSources(root) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => listFiles(path.join(root, source)))) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * @param {string} source a file or a folder
 * @returns {string[]}
 */
function listFiles(source) {
  if (path.extname(source) === ".json") return [source];
  return readdirSync(source, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(source, entry.name);
      return entry.isDirectory() ? listFiles(inside) : [inside];
    });
}
