import { stat } from "node:fs/promises";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type AgentHomeFolder, makeAgentHomeFolder, TOKEN } from "../harness/agent-process.ts";
import { type AgentServer, startAgentServer } from "../harness/agent-server.ts";

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function setUp(): Promise<{ server: AgentServer; home: AgentHomeFolder }> {
  const server = await startAgentServer({ intervalS: 1 });
  const home = await makeAgentHomeFolder();
  cleanUp.push(
    () => home.remove(),
    () => server.close(),
  );
  return { server, home };
}

async function startRunning(server: AgentServer, home: AgentHomeFolder) {
  await home.enrol(server.url);
  const agent = home.start(["run"]);
  cleanUp.push(() => agent.kill());
  await server.until((stored) => stored.length > 0);
  return agent;
}

describe("muster-agent enrol", () => {
  it("takes the token from standard input, a file or the environment, and stores private files", async () => {
    const { server, home } = await setUp();
    const enrolled = await home.enrol(server.url);
    expect(enrolled).toMatchObject({ code: 0, stderr: "" });
    expect(server.enrolments[0]).toMatchObject({ token: TOKEN, osFamily: "linux" });
    for (const name of ["identity.json", "."]) {
      const { mode } = await stat(path.join(home.path, name));
      expect(mode & 0o077).toBe(0);
    }
    const again = await home.enrol(server.url);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toMatch(/^muster-agent: This machine is already enrolled at .*\n$/);
    const forced = await home.start(["enrol", "--server", server.url, "--force"], {
      env: { MUSTER_ENROL_TOKEN: TOKEN },
    }).ended;
    expect(forced.code).toBe(0);
    expect(server.enrolments).toHaveLength(2);
    expect(server.enrolments[0]?.publicKey).not.toBe(server.enrolments[1]?.publicKey);
  });

  it("refuses plain HTTP to another machine unless told otherwise", async () => {
    const { home } = await setUp();
    const refused = await home.enrol("http://192.0.2.1:9");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--insecure-http");
  });

  it("reports in one line what is missing", async () => {
    const { server, home } = await setUp();
    expect(await home.start(["enrol"]).ended).toMatchObject({
      code: 2,
      stderr: "muster-agent: No server is given. Use --server URL.\n",
    });
    expect((await home.start(["enrol", "--server", server.url]).ended).code).toBe(2);
    expect((await home.start(["enrol", "--token", "x"]).ended).code).toBe(2);
    expect((await home.ask("status")).data.state).toMatchObject({ kind: "not-enrolled" });
  });

  it("runs automatically where a legacy configuration names server and token", async () => {
    const { server, home } = await setUp();
    const agent = home.start(["run"], { env: { FLEET_SERVER: server.url, FLEET_TOKEN: TOKEN } });
    cleanUp.push(() => agent.kill());
    await server.until((stored) => stored.length > 0);
    expect((await agent.stop()).code).toBe(0);
  });
});

describe("muster-agent beside a running agent", () => {
  it("pauses it immediately, keeps it paused over a restart, and resumes it", async () => {
    const { server, home } = await setUp();
    const agent = await startRunning(server, home);
    expect((await home.ask("pause", "--for", "30m")).data).toMatchObject({ isRunning: true });
    await server.until((stored) => stored.at(-1)?.report.paused !== undefined);
    expect((await home.ask("status")).data.state).toMatchObject({ kind: "paused" });
    await agent.stop();
    const next = home.start(["run"]);
    cleanUp.push(() => next.kill());
    await server.until((stored) => stored.at(-1)?.report.paused !== undefined);
    await home.ask("resume");
    await server.until((stored) => stored.at(-1)?.report.samples.length === 1);
    expect((await home.ask("status")).data.state).toEqual({ kind: "reporting" });
  });

  it("shows its activity, its log and its health", async () => {
    const { server, home } = await setUp();
    const agent = await startRunning(server, home);
    const status = await home.ask("status");
    expect(status.data).toMatchObject({
      pid: agent.pid,
      reporting: { server: server.url, spool: { samples: 0 } },
    });
    const { lines } = (await home.ask("logs")).data as { lines: string[] };
    expect(lines.at(-1)).toContain(`Reports reach ${server.url}.`);
    expect((await home.ask("doctor")).code).toBe(0);
    expect(JSON.stringify([status, lines])).not.toContain("md_");
  });

  it("follows the log", async () => {
    const { server, home } = await setUp();
    await startRunning(server, home);
    const follower = home.start(["logs", "--follow", "--lines", "1"]);
    await home.ask("doctor");
    server.behave(() => 401);
    const { length } = server.received;
    await server.until(() => server.received.length > length);
    await home.ask("status");
    expect((await follower.stop()).stdout).toContain("revoked");
  });

  it("leaves the server and stops the reporting of the running agent", async () => {
    const { server, home } = await setUp();
    await startRunning(server, home);
    expect((await home.ask("leave")).data).toMatchObject({ serverKnows: true });
    const { length } = server.received;
    expect((await home.ask("status")).data.state).toMatchObject({ kind: "not-enrolled" });
    expect(server.received.length - length).toBeLessThan(2);
  });

  it("cannot be generalized while it runs; afterwards nothing of the device is left", async () => {
    const { server, home } = await setUp();
    const agent = await startRunning(server, home);
    expect((await home.start(["generalize"]).ended).code).toBe(6);
    await agent.stop();
    expect((await home.start(["generalize"]).ended).code).toBe(0);
    expect((await home.ask("status")).data.state).toMatchObject({ kind: "not-enrolled" });
    await expect(stat(path.join(home.path, "outbox.json"))).rejects.toThrow("ENOENT");
  });
});

describe("muster-agent with a wrong configuration", () => {
  it("names every problem and shows no value", async () => {
    const { home } = await setUp();
    const env = { MUSTER_AGENT_INTERVAL: "sesame", MUSTER_AGENT_LOG_LEVEL: "sesame" };
    for (const command of ["run", "status"]) {
      const ended = await home.start([command], { env }).ended;
      expect(ended.code).toBe(2);
      expect(ended.stderr.trim().split("\n")).toHaveLength(2);
      expect(ended.stderr).not.toContain("sesame");
    }
  });
});
