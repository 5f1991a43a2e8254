import { afterAll, describe, expect, it } from "vitest";
import { createCommands } from "./run-command.ts";
import { startHangingMount } from "./testing/hanging-mount.ts";

const { run } = createCommands({ PATH: "/usr/bin:/bin" });
const here = (name: string) => new URL(name, import.meta.url).href;

/** A process of its own that asks for a file system and then wants to end. */
const program = (path: string) => `
  import { statfs } from "node:fs/promises";
  import { createFileSystemProbe } from ${JSON.stringify(here("file-system-probe.ts"))};
  import { endProcess } from ${JSON.stringify(here("end-process.ts"))};
  const probe = createFileSystemProbe(statfs, 100);
  await probe.measure([{ mount: ${JSON.stringify(path)}, type: "ext4" }], new AbortController().signal);
  endProcess(probe, 3);
`;
const end = (path: string) =>
  run(process.execPath, ["--input-type=module", "-e", program(path)], { timeoutMs: 8_000 });

describe("endProcess", () => {
  it("ends with the code", async () => {
    expect(await end("/")).toMatchObject({ kind: "exited", code: 3 });
  });
});

const mount = await startHangingMount();

describe.skipIf(mount === null)(
  "endProcess beside a hanging file system (skipped without root, FUSE or Python)",
  () => {
    afterAll(() => mount?.unmount());

    it("kills itself when a normal exit would wait permanently", async () => {
      expect(await end(mount?.path ?? "")).toMatchObject({
        kind: "failed",
        reason: expect.stringContaining("SIGKILL"),
      });
    });
  },
);
