import { MAX_LOG_CHUNK_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createFakeFiles, type FakeFiles } from "../../platform/fake/fake-files.ts";
import { readLog } from "./log-reader.ts";

const path = "/var/lib/muster-agent/logs/agent.log";
let files: FakeFiles;

beforeEach(() => {
  files = createFakeFiles();
});

const write = (text: string) => files.replace(path, text, { sync: false });
const add = (text: string) => files.append(path, text, { sync: false });
const line = (number: number) => `2026-11-20T10:02:00.400Z INFO  line ${String(number).padStart(8, "0")} é\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join("");
const read = (place: Parameters<typeof readLog>[2]) => readLog(files, path, place);

describe("reading the log", () => {
  it("returns a short log completely, and then what was added", async () => {
    await write(lines(0, 3));
    const first = await read({ kind: "end" });
    expect(first).toMatchObject({ text: lines(0, 3), fromByte: 0, toByte: first.sizeBytes });
    await add(lines(3, 5));
    const more = await read({ kind: "after", run: first.run, byte: first.toByte });
    expect(more).toMatchObject({ run: first.run, text: lines(3, 5), fromByte: first.toByte });
    expect(await read({ kind: "after", run: more.run, byte: more.toByte })).toMatchObject({ text: "" });
  });

  it("returns a long log in parts that are cut at line ends and fit together, backwards to its beginning", async () => {
    const whole = lines(0, 20_000);
    await write(whole);
    let part = await read({ kind: "end" });
    let text = part.text;
    while (part.fromByte > 0) {
      const { fromByte } = part;
      part = await read({ kind: "before", run: part.run, byte: fromByte });
      expect(part.toByte).toBe(fromByte);
      expect(part.toByte - part.fromByte).toBeLessThanOrEqual(MAX_LOG_CHUNK_BYTES);
      expect(part.text.startsWith("2026-11-20T")).toBe(true);
      text = part.text + text;
    }
    expect(text).toBe(whole);
  });

  it("does not return a line that is still being written", async () => {
    await write(`${line(1)}2026-11-20T10:02:01.000Z INFO  hal`);
    const first = await read({ kind: "end" });
    expect(first.text).toBe(line(1));
    await add("f\n");
    const rest = await read({ kind: "after", run: first.run, byte: first.toByte });
    expect(rest.text).toBe("2026-11-20T10:02:01.000Z INFO  half\n");
  });

  it("continues after a line that is longer than a part", async () => {
    await write(`${"x".repeat(2 * MAX_LOG_CHUNK_BYTES)}\n${line(1)}`);
    const first = await read({ kind: "end" });
    expect(first.text).toBe(line(1));
    const before = await read({ kind: "before", run: first.run, byte: first.fromByte });
    expect(before.toByte - before.fromByte).toBeGreaterThan(0);
    const start = await read({ kind: "after", run: first.run, byte: 0 });
    expect(start.toByte).toBe(MAX_LOG_CHUNK_BYTES);
  });

  it("starts from the beginning when the log was rotated or truncated", async () => {
    await write(lines(0, 3));
    const first = await read({ kind: "end" });
    await files.rename(path, `${path}.1`);
    await write(lines(3, 4));
    const next = await read({ kind: "after", run: first.run, byte: first.toByte });
    expect(next).toMatchObject({ text: lines(3, 4), fromByte: 0 });
    expect(next.run).not.toBe(first.run);
    await write(lines(3, 4).slice(0, 10));
    expect(await read({ kind: "before", run: next.run, byte: next.toByte })).toMatchObject({ fromByte: 0 });
  });

  it("is empty when there is no log", async () => {
    const none = { run: "none", text: "", fromByte: 0, toByte: 0, sizeBytes: 0 };
    expect(await read({ kind: "end" })).toEqual(none);
    expect(await read({ kind: "after", run: "none", byte: 0 })).toEqual(none);
  });

  it("contains no control characters", async () => {
    await write("2026-11-20T10:02:00.400Z INFO  \u001b[31mred\u0007\n");
    expect((await read({ kind: "end" })).text).toBe("2026-11-20T10:02:00.400Z INFO  \ufffd[31mred\ufffd\n");
  });
});
