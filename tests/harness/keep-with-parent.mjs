// Runs programs, one after the other, that must not outlive the process that asked for them, even when that one is
// killed, and removes their folder afterwards. Arguments: folder, uid ("" for the same user), [[program, ...args], ...]
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";

const [folder, uid, programs] = process.argv.slice(2);
const user = uid ? { uid: Number(uid), gid: Number(uid) } : {};
let child;
let isStopping = false;

function stop() {
  if (isStopping) return;
  isStopping = true;
  child?.kill("SIGINT");
  setTimeout(() => child?.kill("SIGKILL"), 5_000).unref();
}

function run([program, ...args]) {
  return new Promise((resolve) => {
    child = spawn(program, args, { ...user, cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

process.on("disconnect", stop);
process.on("SIGTERM", stop);
if (!process.connected) stop();

let code = 0;
for (const program of JSON.parse(programs)) {
  if (isStopping || code !== 0) break;
  code = await run(program);
}
await rm(folder, { recursive: true, force: true });
process.exit(isStopping ? 0 : code);
