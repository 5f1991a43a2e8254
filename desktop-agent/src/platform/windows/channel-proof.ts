import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Duplex } from "node:stream";
import { lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outputOf } from "../command-output.ts";
import type { RunCommand } from "../run-command.ts";
import { accessScript, problemOf } from "./administrator-file.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const NONCE_BYTES = 32;
const LINE_BYTES = 512;
const LIMIT_MS = 5_000;
const PROOF = /^[0-9a-f]{64}$/;

/*
 * Both sides of a pipe show that they can read the same key file, before any other data and without sending the key:
 *
 *   service -> nonce                     a number that was never used
 *   client  -> nonce proof               HMAC of "client", the service's nonce and its own
 *   service -> proof                     HMAC of "service", the client's nonce and its own
 */

/** The service's side. Resolves with true when the peer has the key; any other answer or none is false. */
export async function proveToClient(stream: Duplex, key: Buffer): Promise<boolean> {
  const own = newNonce();
  stream.write(`${own}\n`);
  const [nonce = "", proof = ""] = (await readLine(stream))?.split(" ") ?? [];
  if (!PROOF.test(nonce) || !isEqual(proof, prove(key, "client", own, nonce))) return false;
  stream.write(`${prove(key, "service", nonce, own)}\n`);
  return true;
}

/** The client's side. Resolves with true when the peer is the service that wrote the key. */
export async function proveToService(stream: Duplex, key: Buffer): Promise<boolean> {
  const asked = (await readLine(stream)) ?? "";
  if (!PROOF.test(asked)) return false;
  const own = newNonce();
  stream.write(`${own} ${prove(key, "client", asked, own)}\n`);
  return isEqual((await readLine(stream)) ?? "", prove(key, "service", own, asked));
}

function newNonce(): string {
  return randomBytes(NONCE_BYTES).toString("hex");
}

function prove(key: Buffer, side: "client" | "service", first: string, second: string): string {
  return createHmac("sha256", key).update(`${side} ${first} ${second}`).digest("hex");
}

function isEqual(given: string, expected: string): boolean {
  return PROOF.test(given) && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

/** One line of at most 512 bytes within five seconds; null when there is none. What follows it stays in the stream. */
function readLine(stream: Duplex): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let kept = Buffer.alloc(0);
  const end = () => resolve(null);
  const take = (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]);
    const at = kept.indexOf(0x0a);
    if (at < 0 && kept.length <= LINE_BYTES) return;
    stream.pause();
    if (at >= 0 && at + 1 < kept.length) stream.unshift(kept.subarray(at + 1));
    resolve(at >= 0 && at <= LINE_BYTES ? kept.toString("latin1", 0, at) : null);
  };
  const timer = setTimeout(end, LIMIT_MS);
  stream.on("data", take).once("close", end).once("end", end).once("error", end).resume();
  return promise.finally(() => {
    clearTimeout(timer);
    stream.off("data", take).off("close", end).off("end", end).off("error", end);
  });
}

const COMMAND_LIMIT_MS = 30_000;
const FILE = "channel-key";
const SYSTEM_AND_ADMINISTRATORS = ["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"];

/** Finds and proves a user's channel: the name of the pipe cannot be guessed, so nobody can create it before us. */
type ChannelKey = { pipe: string; key: Buffer };

/**
 * Writes the key to `<base>\users\<sid>\channel-key`, which only the system, administrators and that user can read. Written from
 * the documentation of icacls. Rejects when another user created a folder: every user may create folders in ProgramData.
 */
export async function writeChannelKey(run: RunCommand, base: string, sid: string, made: ChannelKey) {
  const users = join(base, "users");
  const folder = join(users, sid);
  await makeFolder(run, base, []);
  await makeFolder(run, users, []);
  await makeFolder(run, folder, [`*${sid}:(OI)(CI)(RX)`]);
  await rm(join(folder, FILE), { force: true });
  const text = JSON.stringify({ pipe: made.pipe, key: made.key.toString("hex") });
  await writeFile(join(folder, FILE), text, { flag: "wx" });
}

export function removeChannelKey(base: string, sid: string): Promise<void> {
  return rm(join(base, "users", sid), { recursive: true, force: true });
}

/** The key that a service wrote for this user. Rejects when it is missing or invalid. */
export async function readChannelKey(base: string, sid: string): Promise<ChannelKey> {
  const content: unknown = JSON.parse(await readFile(join(base, "users", sid, FILE), "utf8"));
  if (typeof content !== "object" || content === null)
    throw new Error("The key file of the channel is damaged.");
  const { pipe, key } = { pipe: null, key: null, ...content };
  if (typeof pipe !== "string" || !/^muster-agent-[0-9a-f]{32}$/.test(pipe))
    throw new Error("The key file of the channel names no pipe.");
  if (typeof key !== "string" || !/^[0-9a-f]{64}$/.test(key))
    throw new Error("The key file of the channel is damaged.");
  return { pipe, key: Buffer.from(key, "hex") };
}

async function makeFolder(run: RunCommand, path: string, others: readonly string[]): Promise<void> {
  if (!(await isMade(path))) await demandOurs(run, path);
  const args = [path, "/inheritance:r", "/grant:r", ...SYSTEM_AND_ADMINISTRATORS, ...others];
  outputOf(await run("icacls.exe", args, { timeoutMs: COMMAND_LIMIT_MS }), "icacls");
}

/** False when something is there already. */
async function isMade(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

// Node reports a junction as a link. The owner of the folder could still change its access list.
async function demandOurs(run: RunCommand, path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a folder.`);
  const result = await run(POWERSHELL, powershellArguments(accessScript(path)), {
    timeoutMs: COMMAND_LIMIT_MS,
  });
  const problem = problemOf(result.kind === "exited" ? result.stdout : "");
  if (problem !== null) throw new Error(`${path} ${problem}`);
}
