import { type ChildProcess, spawn } from "node:child_process";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPostgresBinaries } from "./postgres-binaries.ts";

export type RunningPostgres = {
  /** A superuser's URL of the database `postgres`; anyone on this machine may connect. */
  url: string;
  /** Stops the server and removes its files. */
  stop: () => Promise<void>;
};

const watchdog = path.join(import.meta.dirname, "keep-with-parent.ts");
const nobody = 65_534;
const initOptions = ["--locale=C", "--encoding=UTF8"];
// Creating the cluster takes two seconds, and a minute on a very busy machine.
const startTimeoutMs = 180_000;

/** Server settings for tests: nothing here has to survive a power cut. */
const fastSettings = { fsync: "off", full_page_writes: "off", max_connections: "200" };

/**
 * Starts a real PostgreSQL of its own on a free port of 127.0.0.1, from the packaged binaries or Debian's. It ends
 * with this process, however that ends.
 * @throws when this machine has no PostgreSQL binaries, or the server does not come up.
 */
export async function startPostgres(
  settings: Record<string, string> = fastSettings,
): Promise<RunningPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), "muster-postgres-"));
  try {
    return await startIn(folder, settings);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, settings: Record<string, string>): Promise<RunningPostgres> {
  const binaries = await findPostgresBinaries(folder);
  if (binaries === null) {
    throw new Error("No PostgreSQL for the tests: run npm ci, or set MUSTER_TEST_DATABASE_URL.");
  }
  // PostgreSQL refuses to run as root.
  const uid = process.getuid?.() === 0 ? nobody : null;
  if (uid !== null) await chown(folder, uid, uid);
  const data = path.join(folder, "data");
  const port = await findFreePort();
  const given = {
    ...settings,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(port),
  };
  const options = Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const programs = [
    [path.join(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", ...initOptions],
    [path.join(binaries, "postgres"), "-D", data, ...options],
  ];
  const owner = uid === null ? "" : String(uid);
  const child = spawn(process.execPath, [watchdog, folder, owner, JSON.stringify(programs)], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    detached: true,
  });
  await waitUntilReady(child);
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: () => stopAndWait(child) };
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = "";
  const timer = setTimeout(
    () => reject(new Error(`PostgreSQL is not ready in time.\n${log}`)),
    startTimeoutMs,
  );
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-8_000);
    if (text.includes("ready to accept connections")) resolve();
  });
  child.once("exit", () => reject(new Error(`PostgreSQL did not start.\n${log}`)));
  try {
    await promise;
  } catch (error) {
    await stopAndWait(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stopAndWait(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  child.disconnect();
  await exited;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === "string") throw new Error("No free port on 127.0.0.1.");
  return address.port;
}
