import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatLogLine } from "./format-log-line.ts";
import { createLogger } from "./logger.ts";
import { openLog } from "./open-log.ts";
import { openRollingFile } from "./rolling-file.ts";

const CREDENTIAL = `mk_${"A".repeat(43)}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "muster-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function capture() {
  const lines: string[] = [];
  return {
    lines,
    log: createLogger({ level: "debug", outputs: [{ write: (line) => void lines.push(line) }] }),
  };
}

describe("the log", () => {
  it("redacts secrets by the names of their fields", () => {
    const { lines, log } = capture();
    log.info(
      { password: "hunter2", request: { headers: { cookie: "c=hunter3", authorization: "Bearer hunter4" } } },
      "x",
    );
    log.info({ body: { token: "hunter5", current: "hunter6" } }, "y");
    expect(lines.join("")).not.toContain("hunter");
  });

  it("redacts credentials and passwords in URLs wherever they are", () => {
    const { lines, log } = capture();
    const error = new Error(`no connection to postgres://muster:hunter2@db/x with ${CREDENTIAL}`);
    log.error({ err: error, deep: { er: { still: CREDENTIAL } } }, `said ${CREDENTIAL}`);
    expect(lines.join("")).not.toMatch(/hunter2|AAAA/);
    expect(lines.join("")).toContain("postgres://muster:[redacted]@db/x");
  });

  it.each([
    ["a line break", `a\n${CREDENTIAL}`],
    ["a tab", `a\t${CREDENTIAL}`],
    ["an underscore", `key_${CREDENTIAL}`],
    ["a letter", `x${CREDENTIAL}`],
    ["an encoded blank", `q=%20${CREDENTIAL}`],
    ["a URL password with @", "postgres://muster:AA@AA@AAAA@db:5432/x failed"],
    ["a URL password with @ and no path", "see https://AA:AAAA@AA:AAAA@db"],
    ["a longer run", `${CREDENTIAL}AAAA`],
  ])("redacts a secret after %s, in every part of a line", (_, text) => {
    const { lines, log } = capture();
    const error = Object.assign(new Error(text, { cause: new Error(text) }), { detail: text });
    log.error(error);
    log.error({ err: error });
    log.error({ err: error, deep: { list: [{ text }], map: new Map([["a", text]]) }, [text]: 1 }, text);
    log.warn("%s and %o", text, { text });
    log.child({ text }).info({ aggregate: new AggregateError([error], text) }, "child");
    expect(lines).toHaveLength(5);
    expect(lines.join("")).not.toContain("AAAA");
    expect(lines.join("")).toContain("[redacted]");
  });

  it("redacts fields by name at any depth, and replaces what it cannot traverse by a word", () => {
    const { lines, log } = capture();
    const loop: Record<string, unknown> = { a: { b: { c: { d: { Set_Cookie: "hunter2" } } } } };
    loop["self"] = loop;
    log.info({ loop, bytes: Buffer.from("hunter2"), at: new Date(0) }, "x");
    expect(lines[0]).not.toContain("hunter2");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      loop: { self: "[circular]" },
      bytes: "[7 bytes]",
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  it("does not change an address without a password", () => {
    const { lines, log } = capture();
    const text = "postgres://muster@db:5432/x and https://a.example:8443/path";
    log.info({ text }, text);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ text, msg: text });
  });

  it("needs time in proportion to the length of a hostile text", () => {
    const { lines, log } = capture();
    const startedAt = performance.now();
    log.info("://a:".repeat(100_000));
    log.info("mk_".repeat(100_000));
    expect(lines).toHaveLength(2);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it("escapes characters that reorder text or control a terminal, in the file too", () => {
    const { lines, log } = capture();
    log.info({ name: "a\u202eb\u009bc" }, "x\u2066y");
    expect(lines[0]).toMatch(/^[\u0020-\u007e]+\n$/);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ name: "a\u202eb\u009bc", msg: "x\u2066y" });
  });

  it("writes one line per entry, whatever is in a value", () => {
    const { lines, log } = capture();
    log.info({ name: 'a\n{"level":60}' }, "line\nbreak\u001b[31m");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain("\n");
    const forPeople = formatLogLine(lines[0] ?? "");
    expect(forPeople.split("\n")).toHaveLength(2);
    expect(forPeople).not.toContain("\u001b");
    expect(forPeople).toContain('line\\u000abreak\\u001b[31m name="a\\n{\\"level\\":60}"');
  });

  it("shows a stack in the readable format", () => {
    const { lines, log } = capture();
    log.error({ err: new Error("broken") }, "it failed");
    expect(formatLogLine(lines[0] ?? "")).toMatch(/ERROR it failed\n {4}Error: broken\n {4} {4}at /);
  });

  it("writes to standard output and to a file that only its owner can read", async () => {
    const out: string[] = [];
    const { log, close } = openLog({
      level: "info",
      folder,
      isHumanReadable: true,
      stdout: { write: (x: string) => out.push(x) > 0 },
    });
    log.info({ device: 1 }, "hello");
    await close();
    expect(out.join("")).toMatch(/^\d\d:\d\d:\d\d info {2}hello device=1\n$/);
    expect(JSON.parse(readFileSync(path.join(folder, "server.log"), "utf8"))).toMatchObject({
      msg: "hello",
      device: 1,
    });
    expect(statSync(path.join(folder, "server.log")).mode & 0o777).toBe(0o600);
  });
});

describe("openRollingFile", () => {
  const open = (more = {}) =>
    openRollingFile({
      base: path.join(folder, "a"),
      maxBytes: 10,
      maxRotatedFiles: 2,
      onFailure: () => {},
      ...more,
    });

  it("starts a new file when one is full and keeps the newest few, also after restarts", async () => {
    for (const line of ["one....\n", "two....\n", "three..\n", "four...\n"]) {
      const file = open();
      file.write(line);
      await file.close();
    }
    expect(readdirSync(folder).toSorted()).toEqual(["a.1.log", "a.2.log", "a.log"]);
    const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
    expect([read("a.log"), read("a.1.log"), read("a.2.log")]).toEqual([
      "four...\n",
      "three..\n",
      "two....\n",
    ]);
  });

  it("loses lines rather than memory when too many wait", async () => {
    const file = open({ maxWaitingBytes: 8, maxBytes: 1000 });
    for (let line = 0; line < 10; line += 1) file.write("1234567\n");
    expect(file.droppedLines).toBeGreaterThan(0);
    await file.close();
  });

  it.skipIf(!existsSync("/dev/full"))("logs once that the disk is full and continues", async () => {
    symlinkSync("/dev/full", path.join(folder, "a.log"));
    const failures: string[] = [];
    const file = open({ onFailure: (error: Error) => failures.push(error.message) });
    file.write("a\n");
    file.write("a too\n");
    await expect.poll(() => file.droppedLines).toBe(2);
    file.write("b\n");
    await file.close();
    expect(failures).toEqual([expect.stringContaining("ENOSPC")]);
    expect(file.droppedLines).toBe(3);
  });
});
