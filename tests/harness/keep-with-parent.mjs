// Runs a program that must not outlive the process that asked for it, even when that one is killed, and removes the
// program's folder afterwards. Arguments: folder, uid ("" for the same user), program, its arguments.
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";

const [folder, uid, program, ...args] = process.argv.slice(2);
const user = uid ? { uid: Number(uid), gid: Number(uid) } : {};
const child = spawn(program, args, { ...user, stdio: ["ignore", "inherit", "inherit"], detached: true });

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  child.kill("SIGINT");
  setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
}

process.on("disconnect", stop);
process.on("SIGTERM", stop);
process.on("SIGINT", () => {});
if (!process.connected) stop();

async function end(code) {
  await rm(folder, { recursive: true, force: true });
  process.exit(code);
}

child.on("error", () => void end(1));
child.on("exit", (code) => void end(stopping ? 0 : (code ?? 1)));
