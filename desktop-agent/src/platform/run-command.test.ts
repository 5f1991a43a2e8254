import { describe, expect, it } from "vitest";
import { createCommands } from "./run-command.ts";
import { createEventLog } from "./testing/event-log.ts";

const { run, follow } = createCommands({ PATH: process.execPath.replace(/[^/\\]+$/, ""), SHARED: "yes" });
const script = (code: string) => ["-e", code];
const LIMIT = { timeoutMs: 10_000 };

describe("run", () => {
  it("returns the output and the exit code of the program", async () => {
    const code = "console.log('out'); console.error('err'); process.exitCode = 3";
    expect(await run(process.execPath, script(code), LIMIT)).toEqual({
      kind: "exited",
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("passes arguments unchanged, without a shell, in the C locale", async () => {
    const code = "console.log(JSON.stringify([process.argv.slice(1), process.env.LANG, process.env.SHARED]))";
    const result = await run(process.execPath, [...script(code), "$(id)", "a b; c"], LIMIT);
    expect(result.kind === "exited" && JSON.parse(result.stdout)).toEqual([["$(id)", "a b; c"], "C", "yes"]);
  });

  it("reports that a program is not installed", async () => {
    expect(await run("muster-no-such-program", [], LIMIT)).toEqual({ kind: "not-found" });
  });

  it("kills a program that takes too long, even one that ignores SIGTERM", async () => {
    const code = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
    expect(await run(process.execPath, script(code), { timeoutMs: 200 })).toEqual({ kind: "timed-out" });
  });

  it("kills a program that writes too much", async () => {
    const code = "setInterval(() => console.log('x'.repeat(1000)), 1)";
    expect(await run(process.execPath, script(code), { ...LIMIT, maxOutput: 5_000 })).toEqual({
      kind: "too-much-output",
    });
  });

  it("ends with its signal, also with one that was aborted before", async () => {
    const controller = new AbortController();
    const running = run(process.execPath, script("setInterval(() => {}, 1000)"), {
      ...LIMIT,
      signal: controller.signal,
    });
    controller.abort();
    expect(await running).toEqual({ kind: "aborted" });
    expect(await run(process.execPath, script(""), { ...LIMIT, signal: controller.signal })).toEqual({
      kind: "aborted",
    });
  });
});

describe("follow", () => {
  it("passes lines on as they arrive, and reports how it ended", async () => {
    const lines = createEventLog<string>();
    const ends = createEventLog<string>();
    follow(process.execPath, script("console.log('one\\ntwo'); process.exitCode = 4"), {
      onLine: lines.add,
      onEnd: ends.add,
    });
    expect([await lines.next(), await lines.next()]).toEqual(["one", "two"]);
    expect(await ends.next()).toMatch(/ended with 4$/);
  });

  it("reports that a program cannot be started", async () => {
    const ends = createEventLog<string>();
    follow("muster-no-such-program", [], { onLine: () => undefined, onEnd: ends.add });
    expect(await ends.next()).toContain("ENOENT");
  });

  it("lets the program notice that its parent is gone", async () => {
    const lines = createEventLog<string>();
    const code = "console.log(process.pid); process.stdin.resume()";
    const followed = follow(process.execPath, script(code), { onLine: lines.add, onEnd: () => undefined });
    const pid = Number(await lines.next());
    followed.stop();
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
