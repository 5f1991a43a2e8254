// Runs programs, one after the other, that must not outlive the process that requested them, even when that one is
// killed, and removes their folder afterwards. Arguments: folder, uid ("" for the same user), [[program, ...args], ...]
import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";

const stopGraceMs = 5_000;
const [folder = "", uid = "", programs = "[]"] = process.argv.slice(2);
const user = uid === "" ? {} : { uid: Number(uid), gid: Number(uid) };
let child: ChildProcess | undefined;
let isStopping = false;

function stop(): void {
  if (isStopping) return;
  isStopping = true;
  child?.kill("SIGINT");
  setTimeout(() => child?.kill("SIGKILL"), stopGraceMs).unref();
}

async function run([program = "", ...args]: readonly string[]): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  child = spawn(program, args, { ...user, cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  child.once("error", () => resolve(1)).once("exit", (code) => resolve(code ?? 1));
  return promise;
}

process.on("disconnect", stop);
process.on("SIGTERM", stop);
if (!process.connected) stop();

let code = 0;
const queue: string[][] = JSON.parse(programs);
for (const program of queue) {
  if (isStopping || code !== 0) break;
  code = await run(program);
}
await rm(folder, { recursive: true, force: true });
process.exit(isStopping ? 0 : code);
