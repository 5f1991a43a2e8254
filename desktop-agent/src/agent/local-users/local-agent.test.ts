import { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { INTERVAL_S, makeAgent } from "../../../../tests/harness/fake-agent.ts";
import { openLocalUser } from "../../../../tests/harness/open-local-user.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";

const POLICY = {
  id: "0123abcd",
  longestPauseS: 3600,
  keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
};

async function startOpen(options: Parameters<typeof makeAgent>[2] = {}) {
  const made = await makeAgent(createFakePlatform(), undefined, options);
  await made.agent.start();
  await made.pass(2);
  return { ...made, ...(await openLocalUser(made)) };
}

describe("the view of a local user", () => {
  it("fits the contract, and contains the last values", async () => {
    const { local } = await startOpen();
    const view = local.view();
    expect(LocalView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      hostname: "srv-01",
      state: { kind: "reporting" },
      enrolled: { organization: "Example", intervalS: INTERVAL_S },
      contact: { isReached: true, problem: null },
      latest: { sample: { memory: 25, disk: 40 }, diskMount: "/" },
      attention: { level: "none" },
    });
  });

  it("is a new object after each sample, and does not change otherwise", async () => {
    const { local, changes, pass } = await startOpen();
    await pass(1);
    const before = local.view();
    const count = changes();
    await pass(INTERVAL_S / 2);
    expect([changes(), local.view() === before]).toEqual([count, true]);
    await pass(INTERVAL_S);
    expect(changes()).toBeGreaterThan(count);
    expect(local.view()).not.toBe(before);
  });

  it("contains the server's error, and how much waits for it", async () => {
    const { local, server, pass } = await startOpen();
    server.behave("unreachable");
    await pass(3 * INTERVAL_S);
    expect(local.view()).toMatchObject({
      contact: { isReached: false, problem: "nothing listens" },
      spooledSamples: 3,
    });
  });

  it("has no server on a machine that is not enrolled, and follows the state of the enrolment", async () => {
    const { local, agent } = await startOpen({ isEnrolled: false });
    expect(local.view()).toMatchObject({ state: { kind: "not-enrolled" }, enrolled: null, latest: null });
    await agent.stop(null);
    expect(local.view().state).toEqual({ kind: "stopped" });
  });

  it("notifies no listener after it was closed", async () => {
    const { local, changes, pass } = await startOpen();
    local.close();
    const count = changes();
    await pass(2 * INTERVAL_S);
    expect(changes()).toBe(count);
  });

  it("counts a status after it has lasted five minutes, as the server does", async () => {
    const { local, platform, pass } = await startOpen();
    platform.machine.memory = { totalBytes: 1e9, availableBytes: 0, swapTotalBytes: 0, swapUsedBytes: 0 };
    const levels: string[] = [];
    for (let total = 100_000; total < 101_100; total += 100) {
      platform.machine.cpu = { busy: 0, total };
      await pass(INTERVAL_S);
      levels.push(local.view().attention.level);
    }
    expect(local.view().latest?.health).toMatchObject({ status: "warn", score: 65 });
    expect(levels).toEqual([...Array(10).fill("none"), "warn"]);
  });
});

describe("checking now", () => {
  it("measures and reports immediately, but only once in five seconds", async () => {
    const { local, server, pass } = await startOpen();
    const before = server.stored.length;
    expect(await local.checkNow()).toEqual({ kind: "done" });
    expect(await local.checkNow()).toEqual({ kind: "done" });
    await pass(1);
    expect(server.stored).toHaveLength(before + 1);
    await pass(5);
    await local.checkNow();
    await pass(0);
    expect(server.stored).toHaveLength(before + 2);
  });

  it("contacts the server although it did not answer recently", async () => {
    const { local, server, pass } = await startOpen();
    server.open(false);
    await pass(2 * INTERVAL_S);
    expect(local.view()).toMatchObject({ contact: { isReached: false }, spooledSamples: 2 });
    await local.checkNow();
    await pass(1);
    expect(local.view().contact.isReached).toBe(true);
  });

  it("is refused while the agent is paused", async () => {
    const { local, agent } = await startOpen();
    await agent.pause(null);
    expect(await local.checkNow()).toMatchObject({ kind: "refused", why: "failed" });
  });
});

describe("pausing", () => {
  it("is allowed for the user at the console only", async () => {
    const { local, setAtConsole, pass } = await startOpen();
    expect(local.view().pause).toEqual({ isAllowed: true, longestMs: null });
    setAtConsole(false);
    expect(await local.pause(60_000)).toMatchObject({ why: "not-at-console" });
    expect(await local.resume()).toMatchObject({ why: "not-at-console" });
    await pass(90);
    expect(local.view().pause.isAllowed).toBe(false);
  });

  it("appears in the view, stops all measurements, and ends automatically", async () => {
    const { local, platform, server, pass } = await startOpen();
    const untilMs = platform.clock.wallMs() + 1_800_000;
    expect(await local.pause(1_800_000)).toEqual({ kind: "done" });
    expect(local.view()).toMatchObject({ state: { kind: "paused", untilMs }, latest: null });
    const before = server.stored.filter(({ samples }) => samples.length > 0).length;
    await pass(1700);
    expect(server.stored.filter(({ samples }) => samples.length > 0)).toHaveLength(before);
    await pass(160);
    expect(local.view().state).toEqual({ kind: "reporting" });
  });

  it("is limited to what the organization allows, and named in each report from then on", async () => {
    const { local, platform, server, pass } = await startOpen();
    server.answerWith({ policy: POLICY });
    await pass(INTERVAL_S);
    expect(local.view().pause.longestMs).toBe(3_600_000);
    const untilMs = platform.clock.wallMs() + 3_600_000;
    await local.pause(null);
    expect(local.view().state).toEqual({ kind: "paused", untilMs });
    await pass(1);
    expect(server.stored.at(-1)).toMatchObject({ policyId: POLICY.id, paused: { until: untilMs } });
  });

  it("is refused if the organization forbids it, also after a restart of the agent", async () => {
    const made = await startOpen();
    made.server.answerWith({ policy: { ...POLICY, longestPauseS: 0 } });
    await made.pass(INTERVAL_S);
    expect(await made.local.pause(60_000)).toMatchObject({ why: "pause-forbidden" });
    const next = await made.crashAndStart();
    const again = await openLocalUser(next);
    expect(await again.local.pause(60_000)).toMatchObject({ why: "pause-forbidden" });
    expect(again.local.view().state.kind).not.toBe("paused");
  });

  it("is shortened by a lower limit while it runs, counted from its start", async () => {
    const { local, agent, server, pass } = await startOpen();
    await agent.pause(7_200_000);
    await pass(1800);
    server.answerWith({ policy: { ...POLICY, longestPauseS: 2400 } });
    await pass(300);
    expect(local.view().state.kind).toBe("paused");
    await pass(360);
    expect(local.view().state).toEqual({ kind: "reporting" });
  });

  it("is refused without a length", async () => {
    const { local } = await startOpen();
    for (const forMs of [0, -1, Number.NaN])
      expect(await local.pause(forMs)).toMatchObject({ why: "failed" });
    expect(local.view().state.kind).toBe("reporting");
  });

  it("is refused before the device is enrolled", async () => {
    const { local } = await startOpen({ isEnrolled: false });
    expect(await local.pause(60_000)).toMatchObject({ why: "not-enrolled" });
  });
});

describe("the last hour", () => {
  it("is available to a user who opens the agent late, and after a restart", async () => {
    const made = await makeAgent();
    await made.agent.start();
    await made.pass(2 + 600);
    const { local } = await openLocalUser(made);
    const points = await local.readHour();
    expect(points).toHaveLength(21);
    expect(points.at(-1)).toMatchObject({ memory: 25, disk: 40 });
    await made.agent.stop(null);
    const next = await made.crashAndStart();
    expect(await (await openLocalUser(next)).local.readHour()).toEqual(points);
  });
});
