import { describe, expect, it, type TestContext } from "vitest";
import { makeAgentHomeFolder } from "../harness/agent-process.ts";
import { startAgentServer } from "../harness/agent-server.ts";

async function setUp({ onTestFinished }: TestContext) {
  const server = await startAgentServer({ intervalS: 1 });
  onTestFinished(() => server.close());
  const home = await makeAgentHomeFolder();
  onTestFinished(() => home.remove());
  await home.enrol(server.url);
  const agent = home.start(["run"]);
  onTestFinished(async () => void (await agent.kill()));
  await server.until((stored) => stored.length > 1);
  return { server, home, agent };
}

describe.concurrent("an agent that is told to stop", () => {
  it("reports it to the server and ends with 0", async (context) => {
    const { server, agent } = await setUp(context);
    expect(await agent.stop()).toMatchObject({ code: 0, signal: null });
    expect(server.stored.at(-1)?.report).toMatchObject({ lastWord: "agent-stopped", samples: [] });
  });

  it("ends within four seconds although the server never answers", async (context) => {
    const { server, agent } = await setUp(context);
    server.behave(() => "hold");
    const { length } = server.received;
    await server.until(() => server.received.length > length);
    const beganMs = performance.now();
    expect((await agent.stop()).code).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(4000);
  });

  it("does not allow a second agent in its home folder, but the next one after it", async (context) => {
    const { server, home, agent } = await setUp(context);
    const second = await home.start(["run"]).ended;
    expect(second.code).toBe(6);
    expect(second.stderr).toContain(`pid ${agent.pid}`);
    await agent.kill();
    const third = home.start(["run"]);
    const { length } = server.stored;
    await server.until((stored) => stored.length > length);
    expect((await third.stop()).code).toBe(0);
  });

  it("stops reporting when the server revokes it, and shows that", async (context) => {
    const { server, home, agent } = await setUp(context);
    server.behave(() => 401);
    const { length } = server.received;
    await server.until(() => server.received.length > length);
    const { data } = await home.ask("status");
    expect(data.state).toEqual({ kind: "revoked" });
    expect((await agent.stop()).stderr).toContain("revoked");
  });
});
