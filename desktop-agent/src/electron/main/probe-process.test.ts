import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Electron from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { utilityProcess } from "../../../../tests/harness/electron/app/utility-process.ts";
import { asComplete } from "../../../../tests/harness/electron/compatible-types.ts";
import { createProbeProcess } from "./probe-process.ts";

const run = createProbeProcess(asComplete<typeof Electron.utilityProcess>(utilityProcess));
const HANGING = "setInterval(() => undefined, 1000);";

describe("a script in a utility process", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "muster-probe-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function script(text: string): Promise<string> {
    const file = join(folder, "probe.cjs");
    await writeFile(file, text);
    return file;
  }

  it("gives what it printed, and how it ended", async () => {
    const file = await script(
      "console.error('note'); process.stdout.write(process.argv[2] + 'é', () => process.exit(3));",
    );
    expect(await run(file, ["ä"], { timeoutMs: 60_000 })).toEqual({
      kind: "exited",
      code: 3,
      stdout: "äé",
      stderr: "",
    });
  });

  it("is ended when it takes too long, or prints too much, or nobody waits for it any more", async () => {
    expect(await run(await script(HANGING), [], { timeoutMs: 100 })).toEqual({ kind: "timed-out" });
    const endless = await script("setInterval(() => process.stdout.write('x'.repeat(10_000)), 1);");
    expect(await run(endless, [], { timeoutMs: 60_000, maxOutput: 50_000 })).toEqual({
      kind: "too-much-output",
    });
    const stop = new AbortController();
    const waiting = run(await script(HANGING), [], { timeoutMs: 60_000, signal: stop.signal });
    stop.abort();
    expect(await waiting).toEqual({ kind: "aborted" });
    expect(await run("never started", [], { timeoutMs: 1, signal: stop.signal })).toEqual({
      kind: "aborted",
    });
  });
});
