import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { whileLocked } from "./build-lock.mjs";

const module = new URL("./build-lock.mjs", import.meta.url).href;

function makeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "muster-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { lock: path.join(folder, "lock"), log: path.join(folder, "log") };
}

async function runNode(script: string): Promise<number> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  return code;
}

test("lets one process in at a time", async () => {
  const { lock, log } = makeFolder();
  const script = `
    import { appendFileSync } from "node:fs";
    import { whileLocked } from ${JSON.stringify(module)};
    whileLocked(${JSON.stringify(lock)}, () => {
      appendFileSync(${JSON.stringify(log)}, "in ");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      appendFileSync(${JSON.stringify(log)}, "out ");
    });`;
  expect(await Promise.all([runNode(script), runNode(script), runNode(script)])).toEqual([0, 0, 0]);
  expect(readFileSync(log, "utf8")).toBe("in out in out in out ");
  expect(existsSync(lock)).toBe(false);
});

test("does not wait for a process that ended without giving the lock back", async () => {
  const { lock } = makeFolder();
  const killed = `
    import { whileLocked } from ${JSON.stringify(module)};
    whileLocked(${JSON.stringify(lock)}, () => process.exit(3));`;
  expect(await runNode(killed)).toBe(3);
  expect(existsSync(lock)).toBe(true);
  expect(whileLocked(lock, () => "in")).toBe("in");
});

test("gives the lock back after a failure", () => {
  const { lock } = makeFolder();
  const fail = () => {
    throw new Error("no space left");
  };
  expect(() => whileLocked(lock, fail)).toThrow("no space left");
  expect(existsSync(lock)).toBe(false);
});

test("passes on why the lock cannot be written", () => {
  const { lock } = makeFolder();
  writeFileSync(lock, "");
  expect(() => whileLocked(path.join(lock, "below"), () => undefined)).toThrow("ENOTDIR");
});
