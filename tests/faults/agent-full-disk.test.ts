import path from "node:path";
import { expect, it } from "vitest";
import type { SpoolStatus } from "../../desktop-agent/src/agent/spool/spool.ts";
import { makeAgentHomeFolder } from "../harness/agent-process.ts";
import { startAgentServer } from "../harness/agent-server.ts";
import { makeTinyDisk } from "../harness/tiny-disk.ts";

const DISK_BYTES = 524_288;

it("an agent on a full disk keeps reporting, logs it, and stores again when there is space", async (context) => {
  const made = await makeTinyDisk(DISK_BYTES);
  if (made.kind === "missing") return context.skip(made.reason);
  const { disk } = made;
  const server = await startAgentServer({ intervalS: 1 });
  const home = await makeAgentHomeFolder(path.join(disk.path, "home"));
  await home.enrol(server.url);
  const agent = home.start(["run"]);
  try {
    await server.until((stored) => stored.length > 1);
    // What the agent replaces meanwhile leaves room, which is taken too.
    const fillAndRead = async () => {
      await disk.fill();
      return agent.stderr();
    };
    await expect.poll(fillAndRead, { timeout: 30_000 }).toContain("could not be stored");
    const { length } = server.stored;
    await server.until((stored) => stored.length > length + 3);
    await disk.free();
    await server.until((stored) => stored.length > length + 6);
    const { code } = await agent.stop();

    expect(code).toBe(0);
    expect(server.conflicts).toEqual([]);
    const numbers = server.stored.map(({ report }) => report.sequence);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect((await home.ask("status")).data.state).toEqual({ kind: "stopped" });
  } finally {
    await agent.kill();
    await server.close();
    await disk.remove();
  }
});

it("an agent on a full disk reports that it cannot keep samples for later, and counts them", async (context) => {
  const made = await makeTinyDisk(DISK_BYTES);
  if (made.kind === "missing") return context.skip(made.reason);
  const { disk } = made;
  const server = await startAgentServer({ intervalS: 1 });
  const home = await makeAgentHomeFolder(path.join(disk.path, "home"));
  await home.enrol(server.url);
  const agent = home.start(["run"]);
  const spool = async () => {
    const { reporting } = (await home.ask("status")).data as { reporting: { spool: SpoolStatus } };
    return reporting.spool;
  };
  try {
    await server.until((stored) => stored.length > 1);
    await disk.fill();
    server.behave(() => 429);
    await expect.poll(agent.stderr, { timeout: 30_000 }).toContain("A sample could not be kept for later");
    // The status itself cannot be stored either, which is said beside the last one that was.
    const status = async () => (await home.start(["status"]).ended).stdout;
    await expect
      .poll(status, { timeout: 30_000 })
      .toMatch(/^Written +\d+ s ago; newer data could not be stored/m);
    await disk.free();
    await expect.poll(async () => (await spool()).dropped, { timeout: 60_000 }).toBeGreaterThan(0);
    await expect.poll(spool, { timeout: 60_000 }).toMatchObject({ isBlocked: false });
  } finally {
    await agent.kill();
    await server.close();
    await disk.remove();
  }
});
