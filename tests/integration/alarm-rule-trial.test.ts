import type { Sample } from "@muster/shared/contracts/metric.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRetentionRepository } from "../../server/src/fleet/history/retention.system-repository.ts";
import { createRetentionService } from "../../server/src/fleet/history/retention.service.ts";
import { type AlarmRuleWorld, startAlarmRules } from "../harness/alarm-rule-world.ts";
import { type FleetTenant, makeFleetTenant, sendReport, type TestDevice } from "../harness/fleet-server.ts";
import { createHistoryServer } from "../harness/history-server.ts";
import { createRandom } from "../harness/random.ts";
import { DIALECTS } from "../harness/test-store.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const signal = new AbortController().signal;

describe.each(DIALECTS)("the trial of an alarm rule on %s", (dialect) => {
  let world: AlarmRuleWorld;
  let tenant: FleetTenant;
  let device: TestDevice;

  beforeAll(async () => {
    world = await startAlarmRules(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    const { items } = (await ask("GET", "/alarm-rules")).body;
    for (const { id } of items) await ask("DELETE", `/alarm-rules/${id}`);
    device = await tenant.enrol({ tags: ["web"], classGuess: "server" });
    world.takeTransitions();
  });

  const ask = (method: string, path: string, body?: unknown) =>
    world.ask(method, `/api/v1${path}`, { bearer: tenant.key, body });
  const cpuRule = (settings: object = {}, more: object = {}) => ({
    name: "Draft",
    type: "metric",
    settings: { metric: "cpu", warning: 80, ...settings },
    ...more,
  });
  async function trialOf(rule: object, replaces: string | null = null) {
    const { status, body } = await ask("POST", "/alarm-rules/trial", { rule, replaces });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }
  const report = (sample: Omit<Sample, "at">) => {
    const samples: [Sample] = [{ at: world.clock.now(), memory: 1, disk: 1, ...sample }];
    return sendReport(world, device, device.nextReport(world.clock.now(), { samples }));
  };
  const deviceNo = async () => {
    const row = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", device.id)
      .executeTakeFirstOrThrow();
    return row.device_no;
  };

  it("opens and ends what the evaluation of the same reports did", async () => {
    const rule = cpuRule(
      { critical: 90, clear: 70, forS: 60, sharePercent: 60, clearForS: 60 },
      { cooldownS: 90 },
    );
    const { body: stored } = await ask("POST", "/alarm-rules", rule);
    await world.runJobs("alarm-rules");
    const random = createRandom(7);
    for (let number = 0; number < 120; number += 1) {
      for (const _ of [1, 2, 3]) {
        world.clock.advance(10 * SECOND);
        await world.runJobs("fleet-presence-clock");
      }
      // Long enough runs of one kind, and one gap that is longer than the duration.
      const isHigh = Math.sin(number / 4) > 0;
      if (number < 60 || number > 66) await report({ cpu: Math.round((isHigh ? 75 : 40) + random() * 25) });
    }
    await world.runJobs("alarm-signals");
    const real = world.takeTransitions().filter(({ ruleId }) => ruleId === stored.id);
    const opened = real.filter(({ kind }) => kind === "violated").map(({ at }) => new Date(at).toISOString());
    const ended = real.filter(({ kind }) => kind === "ended").map(({ at }) => new Date(at).toISOString());
    expect(opened.length).toBeGreaterThan(2);
    const trial = await trialOf(rule, stored.id);
    const tried: { from: string; to: string | null }[] = trial.newest.toReversed();
    expect(tried.map(({ from }) => from)).toEqual(opened);
    expect(tried.flatMap(({ to }) => (to === null ? [] : [to]))).toEqual(ended);
    expect(trial).toMatchObject({
      basis: "values",
      resolutions: ["raw"],
      alarms: opened.length,
      devices: 1,
      triedDevices: 1,
    });
  });

  it("finds what 14 days hold, in averages where samples are not kept, and counts gaps as nothing", async () => {
    const history = createHistoryServer(world.store);
    const now = world.clock.now();
    const number = await deviceNo();
    const spans = [
      // In averages of five minutes only; among samples; with a gap of six hours, which is no violation.
      { from: now - 12 * DAY, minutes: 60, cpu: 95 },
      { from: now - 5 * DAY, minutes: 120, cpu: 85 },
      { from: now - 2 * DAY, minutes: 5, cpu: 99 },
    ];
    const start = now - 15 * DAY;
    const reports = Array.from(
      { length: (14.8 * DAY) / (5 * MINUTE) },
      (_, index) => start + index * 5 * MINUTE,
    )
      .filter((at) => at < now - 2 * DAY + 5 * MINUTE || at > now - 2 * DAY + 6 * HOUR)
      .map((at) => {
        const span = spans.find(({ from, minutes }) => at >= from && at < from + minutes * MINUTE);
        const samples: [Sample] = [{ at, cpu: span?.cpu ?? 10 }];
        return { deviceNo: number, receivedAt: now - 2 * HOUR, samples };
      });
    await history.append(reports);
    await history.packing.pack(now, signal);
    await history.packing.compact(now, signal);
    const kept = { rawDays: 8, fiveMinuteDays: 90, hourDays: 700 };
    await createRetentionService(createRetentionRepository(world.store), kept).expire(now, signal);

    const trial = await trialOf(cpuRule({ critical: 90, forS: 600 }));
    expect(trial).toMatchObject({
      alarms: 2,
      devices: 1,
      triedDevices: 1,
      resolutions: ["raw", "5m"],
      untried: [],
    });
    const [longest, other] = trial.longest;
    expect(longest).toMatchObject({
      severity: "warning",
      peak: 85,
      device: { id: device.id, name: "web-1" },
    });
    expect(other).toMatchObject({ severity: "critical", peak: 95 });
    // They open after ten minutes, and end with the first value that is fine: an average is known at the end of its step.
    expect(longest.durationS / 60).toBe(110);
    expect(other.durationS / 60).toBe(55);
    const days = trial.days.filter(({ alarms }: { alarms: number }) => alarms > 0);
    expect(days.map(({ day }: { day: string }) => day)).toEqual(
      spans.slice(0, 2).map(({ from }) => new Date(from + 10 * MINUTE).toISOString().slice(0, 10)),
    );
  });

  it("tries each file system that the patterns name, and the health score", async () => {
    const series = (used: number[]) => ({ fileSystem: { names: ["/", "/srv", "/data"], used } });
    await report({ cpu: 100, memory: 100, disk: 90, series: series([99, 99, 50]) });
    world.clock.advance(30 * SECOND);
    await report({ cpu: 1, series: series([99, 1, 50]) });
    const settings = { metric: "fileSystem.used", instances: ["/srv*", "/d*"], warning: 90 };
    const trial = await trialOf(cpuRule(settings));
    expect(trial.newest.map(({ instance }: { instance: string }) => instance)).toEqual(["/srv"]);
    const health = await trialOf({ name: "Health", type: "health", settings: { critical: 60 } });
    const missing = await trialOf({
      name: "Missing",
      type: "no-data",
      settings: { metric: "temperature", forS: 0 },
    });
    expect(missing).toMatchObject({ alarms: 1, newest: [{ to: null, peak: null }] });
    expect(health).toMatchObject({ alarms: 1, newest: [{ severity: "critical" }] });
    const { body } = await ask("GET", "/alarm-instances?kind=fileSystem");
    expect(body.items).toEqual(["/", "/data", "/srv"].map((name) => ({ name, devices: 1 })));
  });

  it("tries recorded outages, and waits for the duration", async () => {
    await report({ cpu: 1 });
    const lastReportAt = new Date(world.clock.now()).toISOString();
    await world.pass(30 * MINUTE);
    await report({ cpu: 1 });
    await world.pass(SECOND);
    const offline = (forS: number) => ({ name: "Offline", type: "offline", settings: { forS } });
    expect(await trialOf(offline(0))).toMatchObject({
      basis: "outages",
      alarms: 1,
      newest: [{ from: lastReportAt, severity: "critical", peak: null, to: expect.any(String) }],
    });
    expect(await trialOf(offline(HOUR / SECOND))).toMatchObject({ alarms: 0, triedDevices: 1 });
  });

  it("names the rules that apply in its place, and those that it would replace", async () => {
    await report({ cpu: 99 });
    const { body: forTag } = await ask("POST", "/alarm-rules", {
      ...cpuRule({ warning: 50 }, { scope: { kind: "tag", tag: "web" } }),
      name: "Web",
    });
    expect(await trialOf(cpuRule())).toMatchObject({
      alarms: 0,
      triedDevices: 0,
      overriddenBy: [{ id: forTag.id, name: "Web", devices: 1 }],
      overrides: [],
    });
    await ask("POST", "/alarm-rules", { ...cpuRule(), name: "CPU busy" });
    const ofDevice = cpuRule({}, { scope: { kind: "device", deviceId: device.id } });
    expect(await trialOf(ofDevice)).toMatchObject({
      alarms: 1,
      overriddenBy: [],
      overrides: [{ name: "Web", devices: 1 }],
    });
    expect(await trialOf(cpuRule({}, { scope: { kind: "tag", tag: "web" } }), forTag.id)).toMatchObject({
      alarms: 1,
      overrides: [{ name: "CPU busy" }],
    });
  });

  it("says what has no history, and refuses what is no rule or comes too often", async () => {
    const paused = await trialOf({ name: "Paused", type: "paused" });
    expect(paused).toMatchObject({ basis: null, triedDevices: 0 });
    expect(await trialOf(cpuRule())).toMatchObject({
      triedDevices: 0,
      untried: [{ reason: "no-history", devices: 1 }],
    });
    const wrong = { rule: cpuRule({ warning: null }) };
    expect((await ask("POST", "/alarm-rules/trial", wrong)).status).toBe(400);
    const unknown = { rule: cpuRule(), replaces: "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071" };
    expect((await ask("POST", "/alarm-rules/trial", unknown)).status).toBe(404);
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask("POST", "/alarm-rules/trial", { rule: cpuRule() })),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});
