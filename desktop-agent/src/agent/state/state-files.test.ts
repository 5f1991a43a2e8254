import { describe, expect, it } from "vitest";
import { HOME, INTERVAL_S, makeAgent } from "../../../../tests/harness/fake-agent.ts";

const SECONDARY = [
  "outbox",
  "policy",
  "hour",
  "pause",
  "inbox",
  "reboots",
  "unsentReadReceipts",
  "status",
  "spool",
] as const;

describe("a damaged file of the agent's state", () => {
  it.each(SECONDARY)("does not end the agent where %s is a folder", async (name) => {
    const before = await makeAgent();
    await before.agent.start();
    await before.pass(2 * INTERVAL_S);
    before.platform.files.breakPath(HOME[name], "EISDIR");
    before.server.answerWith({
      policy: { id: "0123abcd", longestPauseS: 60, keptDays: { samples: 1, fiveMinutes: 1, hours: 1 } },
    });
    const next = await makeAgent(before.platform, before.server);
    await next.agent.start();
    await next.agent.openFor({ user: "ada", isAtConsole: async () => true });
    const stored = next.server.stored.length;
    await next.pass(3 * INTERVAL_S);
    expect(next.server.stored.length).toBeGreaterThan(stored);
    await next.agent.stop("agent-stopped");
    expect(next.logged.join("\n")).toContain(HOME[name]);
  });

  it.each(["EIO", "EACCES", "EISDIR"])("is reported as a fault when it cannot be read: %s", async (code) => {
    const { platform, server, agent, pass } = await makeAgent();
    platform.files.breakPath(HOME.outbox, code);
    await agent.start();
    await pass(2);
    expect(server.stored.at(-1)?.facts?.faults).toEqual([
      {
        kind: "damaged-file",
        subject: HOME.outbox,
        detail: expect.stringContaining(`(${code}: ${HOME.outbox})`),
      },
    ]);
  });

  it("does not run the agent without its identity, and reports what is wrong with it", async () => {
    const { platform, agent, pass } = await makeAgent();
    platform.files.breakPath(HOME.identity, "EISDIR");
    await agent.start();
    await pass(2);
    expect(agent.status().state).toMatchObject({
      kind: "not-enrolled",
      reason: expect.stringContaining("EISDIR"),
    });
  });

  it("is kept where losing it silently would be worse: the journal of actions", async () => {
    const { platform, server, agent, pass } = await makeAgent();
    platform.files.breakPath(HOME.actions, "EISDIR");
    await agent.start();
    await pass(2);
    await expect(platform.files.read(HOME.actions)).rejects.toThrow("EISDIR");
    await pass(INTERVAL_S);
    expect(server.stored[0]?.facts?.faults?.[0]).toMatchObject({ subject: HOME.actions });
  });
});
