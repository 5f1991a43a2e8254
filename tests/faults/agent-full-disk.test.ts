import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeAgentHomeFolder } from "../harness/agent-process.ts";
import { startAgentServer } from "../harness/agent-server.ts";

const mount = mkdtempSync(path.join(os.tmpdir(), "muster-small-disk-"));
const canMount = mountSmallDisk();

function mountSmallDisk(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", mount], { stdio: "ignore" });
    return true;
  } catch {
    return false; // Not root, or a container that may not mount.
  }
}

afterAll(() => {
  if (canMount) execFileSync("umount", ["-l", mount]);
  rmSync(mount, { recursive: true, force: true });
});

/** Takes every byte that is left. */
function fillDisk(): void {
  const { bavail, bsize } = statfsSync(mount);
  writeFileSync(path.join(mount, "filler"), Buffer.alloc(bavail * bsize));
}

describe.runIf(canMount)("an agent on a full disk (skipped where a file system cannot be mounted)", () => {
  it("goes on reporting, says so, and keeps samples again when there is room", async () => {
    const server = await startAgentServer({ intervalS: 1 });
    const home = await makeAgentHomeFolder(path.join(mount, "home"));
    await home.enrol(server.url);
    const agent = home.start(["run"]);
    await server.until((stored) => stored.length > 1);

    fillDisk();
    const { length } = server.stored;
    await server.until((stored) => stored.length > length + 3);
    rmSync(path.join(mount, "filler"));
    await server.until((stored) => stored.length > length + 6);
    const { stderr, code } = await agent.stop();

    expect(code).toBe(0);
    expect(stderr).toContain("could not be stored");
    expect(server.conflicts).toEqual([]);
    const numbers = server.stored.map(({ report }) => report.sequence);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(JSON.parse((await home.start(["status", "--json"]).ended).stdout)).toMatchObject({
      state: { kind: "stopped" },
    });
    await server.close();
  });
});
