import path from "node:path";
import { expect, it } from "vitest";
import { makeAgentHomeFolder } from "../harness/agent-process.ts";
import { startAgentServer } from "../harness/agent-server.ts";
import { makeTinyDisk } from "../harness/tiny-disk.ts";

const DISK_BYTES = 524_288;

it("an agent on a full disk goes on reporting, says so, and stores again when there is room", async (context) => {
  const made = await makeTinyDisk(DISK_BYTES);
  if (made.kind === "missing") return context.skip(made.reason);
  const { disk } = made;
  const server = await startAgentServer({ intervalS: 1 });
  const home = await makeAgentHomeFolder(path.join(disk.path, "home"));
  await home.enrol(server.url);
  const agent = home.start(["run"]);
  try {
    await server.until((stored) => stored.length > 1);
    await disk.fill();
    const { length } = server.stored;
    await server.until((stored) => stored.length > length + 3);
    await disk.free();
    await server.until((stored) => stored.length > length + 6);
    const { stderr, code } = await agent.stop();

    expect(code).toBe(0);
    expect(stderr).toContain("could not be stored");
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
