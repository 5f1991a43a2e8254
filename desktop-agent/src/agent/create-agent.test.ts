import { describe, expect, it } from "vitest";
import { HOME, INTERVAL_S, makeAgent, storeIdentity } from "../../../tests/harness/fake-agent.ts";
import { createMemoryServer } from "../../../tests/harness/memory-server.ts";
import { createFakePlatform } from "../platform/fake/fake-platform.ts";

const STARTED_S = 2;

async function startAgent(...given: Parameters<typeof makeAgent>) {
  const made = await makeAgent(...given);
  await made.agent.start();
  await made.pass(STARTED_S);
  return made;
}

describe("createAgent, reporting", () => {
  it("reports within two seconds, with facts and inventory", async () => {
    const { server, agent } = await startAgent();
    expect(server.stored).toHaveLength(1);
    const [first] = server.stored;
    expect(first).toMatchObject({ lane: "live", sequence: 1, intervalS: INTERVAL_S });
    expect(first?.samples[0]).toMatchObject({ memory: 25, disk: 40 });
    expect(first?.facts).toMatchObject({ diskMount: "/" });
    expect(first?.inventory?.hostname).toBe("srv-01");
    expect(agent.status().state).toEqual({ kind: "reporting" });
  });

  it("then sends only a sample each interval, on a grid that does not drift", async () => {
    const { server, pass } = await startAgent();
    await pass(4 * INTERVAL_S);
    const instants = server.stored.map((report) => report.samples[0]?.at ?? 0);
    expect(server.stored.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(instants.slice(1).map((at, index) => at - (instants[index] ?? 0))).toEqual(
      Array(4).fill(INTERVAL_S * 1000),
    );
    expect(server.stored.slice(1).every(({ facts, inventory }) => !facts && !inventory)).toBe(true);
    expect(server.stored.slice(1).every(({ inventoryHash }) => inventoryHash === undefined)).toBe(true);
  });

  it("sends facts when they changed, and the inventory when the server requests it", async () => {
    const { server, platform, pass } = await startAgent();
    platform.machine.hungFileSystems = ["/mnt/nas"];
    server.answerWith({ wantInventory: true });
    await pass(INTERVAL_S);
    server.answerWith({});
    expect(server.stored.at(-1)?.facts?.hungFileSystems).toEqual(["/mnt/nas"]);
    await pass(INTERVAL_S);
    expect(server.stored.at(-1)?.inventory).toBeDefined();
    expect(server.stored.at(-1)?.facts).toBeUndefined();
  });

  it("reports that faults ended", async () => {
    const { server, platform, pass } = await startAgent();
    platform.machine.readOnlyFileSystems = ["/"];
    await pass(INTERVAL_S);
    platform.machine.readOnlyFileSystems = [];
    await pass(INTERVAL_S);
    expect(server.stored.slice(-2).map(({ facts }) => facts?.faults)).toEqual([
      [{ kind: "read-only-mount", subject: "/" }],
      [],
    ]);
  });

  it("measures another file system from the next report on when the server excludes one", async () => {
    const { server, platform, pass, crashAndStart } = await startAgent();
    platform.machine.fileSystems.push({
      mount: "/srv",
      type: "xfs",
      sizeBytes: 1e12,
      usedPercent: 99,
      freeBytes: 1e10,
    });
    const keptDays = { samples: 30, fiveMinutes: 90, hours: 730 };
    const policy = { id: "0000000a", longestPauseS: null, keptDays };
    server.answerWith({ policy: { ...policy, excludedMounts: ["/srv"] } });
    await pass(2 * INTERVAL_S);
    server.answerWith({});
    expect(server.stored.slice(-2).map(({ samples }) => samples[0]?.disk)).toEqual([99, 40]);
    const next = await crashAndStart();
    await next.pass(2 * INTERVAL_S);
    expect(server.stored.at(-1)?.samples[0]?.disk).toBe(40);
    server.answerWith({ policy: { ...policy, id: "0000000b" } });
    await next.pass(2 * INTERVAL_S);
    expect(server.stored.at(-1)).toMatchObject({ policyId: "0000000b", samples: [{ disk: 99 }] });
    await next.agent.stop(null);
  });

  it("reads the inventory once a day and sends it when it changed", async () => {
    const { server, platform, pass } = await startAgent(undefined, undefined, { intervalS: 3600 });
    if (!(platform.machine.inventory instanceof Error)) platform.machine.inventory.hostname = "renamed";
    await pass(23 * 3600);
    expect(server.stored.filter(({ inventory }) => inventory)).toHaveLength(1);
    await pass(2 * 3600);
    expect(
      server.stored.filter(({ inventory }) => inventory).map(({ inventory }) => inventory?.hostname),
    ).toEqual(["srv-01", "renamed"]);
  });

  it("uses the interval of the server, unless the machine's configuration sets one", async () => {
    const wished = await startAgent();
    wished.server.answerWith({ intervalS: 10 });
    await wished.pass(2 * INTERVAL_S);
    const before = wished.server.stored.length;
    await wished.pass(60);
    expect(wished.server.stored.length - before).toBe(6);

    const own = await startAgent(createFakePlatform(), createMemoryServer(), { intervalS: 60 });
    own.server.answerWith({ intervalS: 10 });
    await own.pass(120);
    expect(own.server.stored).toHaveLength(3);
  });

  it("names a collector that fails, and reports the values of the others", async () => {
    const { server, platform, pass } = await startAgent();
    platform.machine.memory = new Error("no such file");
    await pass(INTERVAL_S);
    expect(server.stored.at(-1)?.facts?.skipped).toEqual([{ collector: "memory", reason: "no such file" }]);
    expect(server.stored.at(-1)?.samples[0]).toMatchObject({ disk: 40 });
    expect(server.stored.at(-1)?.samples[0]?.memory).toBeUndefined();
  });
});

describe("createAgent, identity", () => {
  it("waits for an enrolment and starts as soon as there is one", async () => {
    const { agent, platform, server, pass } = await startAgent(undefined, undefined, { isEnrolled: false });
    expect(agent.status().state.kind).toBe("not-enrolled");
    await storeIdentity(platform);
    await pass(STARTED_S);
    expect(server.stored).toHaveLength(1);
  });

  it("reports nothing on a copied machine, and starts when it is enrolled again", async () => {
    const platform = createFakePlatform();
    await storeIdentity(platform);
    platform.machine.machineId = "ffffffffffffffffffffffffffffffff";
    const { agent, server, pass, logged } = await startAgent(platform);
    await pass(600);
    expect(agent.status().state).toEqual({ kind: "copied-machine" });
    expect(server.requests).toHaveLength(0);
    expect(logged.join("\n")).toContain("Run muster-agent enrol");
    await storeIdentity(platform, { credential: "md_other" });
    await pass(STARTED_S);
    expect(server.stored).toHaveLength(1);
  });

  it("treats another hypervisor UUID as a copy, but not one that cannot be read", async () => {
    const platform = createFakePlatform();
    await storeIdentity(platform);
    platform.machine.hypervisorUuid = null;
    expect((await startAgent(platform)).agent.status().state.kind).toBe("reporting");
    platform.machine.hypervisorUuid = "11111111-2222-3333-4444-555555555555";
    expect((await startAgent(platform)).agent.status().state.kind).toBe("copied-machine");
  });

  it("stops when revoked, tries once an hour, and continues when it is accepted again", async () => {
    const { agent, server, pass } = await startAgent();
    server.behave("revoked");
    await pass(INTERVAL_S);
    expect(agent.status().state).toEqual({ kind: "revoked" });
    const asked = server.requests.length;
    await pass(3 * 3600);
    expect(server.requests.length - asked).toBe(3);
    server.behave("well");
    await pass(3600 + STARTED_S);
    expect(agent.status().state).toEqual({ kind: "reporting" });
  });
});

describe("createAgent, pause", () => {
  it("collects nothing while paused, and reports the pause every five minutes", async () => {
    const { agent, server, pass } = await startAgent();
    await agent.pause(null);
    const before = server.stored.length;
    await pass(900);
    const heartbeats = server.stored.slice(before - 1).filter(({ paused }) => paused);
    expect(heartbeats).toHaveLength(4);
    expect(
      heartbeats.every(
        ({ samples, paused, intervalS }) =>
          samples.length === 0 && paused?.until === null && intervalS === 300,
      ),
    ).toBe(true);
    expect(server.stored.slice(before).every(({ samples }) => samples.length === 0)).toBe(true);
  });

  it("ends automatically and reports immediately", async () => {
    const { agent, server, platform, pass } = await startAgent();
    await agent.pause(30 * 60_000);
    const until = platform.clock.wallMs() + 30 * 60_000;
    await pass(1);
    expect(server.stored.at(-1)?.paused).toEqual({ until });
    await pass(30 * 60 + STARTED_S);
    expect(server.stored.at(-1)?.samples).toHaveLength(1);
    expect(agent.status().state.kind).toBe("reporting");
    expect(platform.files.contents.has(HOME.pause)).toBe(false);
  });

  it("survives a restart, and still ends on time", async () => {
    const before = await startAgent();
    await before.agent.pause(10 * 60_000);
    await before.pass(60);
    const { agent, pass } = await before.crashAndStart();
    expect(agent.status().state.kind).toBe("paused");
    await pass(9 * 60 - 1);
    expect(agent.status().state.kind).toBe("paused");
    await pass(3);
    expect(agent.status().state.kind).toBe("reporting");
  });

  it("does not change when the wall clock jumps", async () => {
    const { agent, platform, pass } = await startAgent();
    await agent.pause(10 * 60_000);
    platform.clock.setWall(platform.clock.wallMs() - 86_400_000);
    await pass(10 * 60 + 1);
    expect(agent.status().state.kind).toBe("reporting");
  });

  it("applies a pause that another process stored", async () => {
    const { agent, platform, pass } = await startAgent();
    const other = await makeAgent(platform);
    await other.agent.pause(null);
    await pass(1);
    expect(agent.status().state.kind).toBe("paused");
    await other.agent.resume();
    await pass(1);
    expect(agent.status().state.kind).toBe("reporting");
  });
});

describe("createAgent, last words", () => {
  it('sends "asleep" before the machine sleeps, lets it sleep, and reports after it woke up', async () => {
    const { server, platform, pass } = await startAgent();
    const sleep = platform.power.sleep();
    await pass(0);
    expect(sleep.released()).toBe(true);
    expect(server.stored.at(-1)).toMatchObject({ samples: [], lastWord: "asleep" });
    const before = server.stored.length;
    platform.clock.sleep(3_600_000);
    platform.power.wake();
    await pass(STARTED_S);
    expect(server.stored).toHaveLength(before + 1);
    expect(server.stored.at(-1)?.samples).toHaveLength(1);
    expect(server.disconnects()).toBe(1);
  });

  it("delays the system by two seconds at most when the server does not answer", async () => {
    const { server, platform, pass } = await startAgent();
    server.behave("silent");
    const down = platform.power.goDown("restarting");
    await pass(1.9);
    expect(down.released()).toBe(false);
    expect(server.requests.at(-1)?.report.lastWord).toBe("restarting");
    await pass(0.2);
    expect(down.released()).toBe(true);
  });

  it("aborts a running report to send the last word, and does not take that for a lost server", async () => {
    const { agent, server, platform, pass } = await startAgent();
    server.behave((report) => (report.samples.length > 0 ? "silent" : "well"));
    await pass(INTERVAL_S);
    const down = platform.power.goDown("shutting-down");
    await pass(2.1);
    expect(down.released()).toBe(true);
    expect(agent.status().reporting?.contact).toMatchObject({ isReached: true, problem: null });
  });

  it('sends "agent-stopped" once', async () => {
    const { agent, server } = await startAgent();
    await agent.stop("agent-stopped");
    expect(server.stored.filter(({ lastWord }) => lastWord)).toHaveLength(1);
    expect(server.stored.at(-1)?.lastWord).toBe("agent-stopped");
    expect(agent.status().state).toEqual({ kind: "stopped" });
  });

  it('does not send "agent-stopped" after it sent that the system goes down', async () => {
    const { agent, server, platform, pass } = await startAgent();
    platform.power.goDown("restarting");
    await pass(0);
    await agent.stop("restarting");
    expect(server.stored.flatMap(({ lastWord }) => lastWord ?? [])).toEqual(["restarting"]);
  });
});
