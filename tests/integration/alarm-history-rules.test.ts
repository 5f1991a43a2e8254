import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { columnOf } from "../../server/src/fleet/history/scaled-value.ts";
import { dayOf, monthOf } from "../../server/src/fleet/history/period.ts";
import { rollUp, type RollupBlock } from "../../server/src/fleet/history/rollup.ts";
import { packRollups } from "../../server/src/fleet/history/segment.ts";
import { type AlarmRuleWorld, startAlarmRules } from "../harness/alarm-rule-world.ts";
import { type FleetTenant, makeFleetTenant, sendReport, type TestDevice } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FREE = 65;
const USED = 64;

describe.each(DIALECTS)("rules about the history on %s", (dialect) => {
  let world: AlarmRuleWorld;
  let tenant: FleetTenant;
  let device: TestDevice;

  beforeAll(async () => {
    world = await startAlarmRules(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    await ask("GET", "/alarm-rules");
    const { orgId } = tenant;
    await world.store.transaction(async (tx) => {
      await tx.deleteFrom("alarm_rules").where("org_id", "=", orgId).execute();
      await tx.updateTable("alarm_rule_sets").set({ version: 2 }).where("org_id", "=", orgId).execute();
    });
    await world.runJobs("alarm-rules");
    device = await tenant.enrol();
    await report(10);
    world.takeTransitions();
  });

  const ask = (method: string, path: string, body?: unknown) =>
    world.ask(method, `/api/v1${path}`, { bearer: tenant.key, body });
  async function addRule(type: string, settings: object, more: object = {}): Promise<string> {
    const { status, body } = await ask("POST", "/alarm-rules", { name: type, type, settings, ...more });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }
  function report(cpu: number) {
    const now = world.clock.now();
    const fileSystem = { names: ["/", "/data"], used: [50, 60], free: [50e9, 40e9] };
    const samples = [{ at: now, cpu, series: { fileSystem } }];
    return sendReport(world, device, device.nextReport(now, { samples }));
  }
  /** Packed history instead of reports: what is free on `/` and `/data`, by days before now. */
  async function writeDisks(freeGb: (daysAgo: number) => readonly [number, number], days = 20) {
    const { device_no, numbers } = await findDevice();
    const end = Math.floor(world.clock.now() / HOUR) * HOUR;
    const times = Float64Array.from({ length: days * 24 }, (_, hour) => end - (days * 24 - hour) * HOUR);
    const columns = new Map<number, Float64Array>();
    for (const [index, name] of ["/", "/data"].entries()) {
      const number = numbers.get(name) ?? 0;
      const free = times.map((at) => freeGb((end - HOUR - at) / DAY)[index] ?? 0);
      columns.set(
        columnOf(FREE, number),
        free.map((gb) => Math.round(gb * 1_000)),
      );
      columns.set(
        columnOf(USED, number),
        free.map((gb) => Math.round((100 - gb) * 10)),
      );
    }
    const hours = rollUp({ times, columns }, HOUR);
    await writeRollups("history_hours", device_no, hours, monthOf);
  }
  async function writeRollups(
    table: "history_hours" | "history_five_minutes",
    deviceNo: number,
    all: RollupBlock,
    periodOf: (at: number) => number,
  ) {
    await world.store.transaction(async (tx) => {
      await tx.deleteFrom(table).where("device_no", "=", deviceNo).execute();
      for (const period of new Set(Array.from(all.starts, periodOf))) {
        const kept = Array.from(all.starts, (_, index) => index).filter(
          (index) => periodOf(all.starts[index] ?? 0) === period,
        );
        const pick = (values: Float64Array) => Float64Array.from(kept, (index) => values[index] ?? 0);
        const columns = new Map(
          [...all.columns].map(([id, { count, avg, min, max }]) => [
            id,
            { count: pick(count), avg: pick(avg), min: pick(min), max: pick(max) },
          ]),
        );
        const bytes = packRollups({ starts: pick(all.starts), columns });
        await tx.insertInto(table).values({ device_no: deviceNo, period, bytes }).execute();
      }
    });
  }
  async function findDevice() {
    const { device_no } = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", device.id)
      .executeTakeFirstOrThrow();
    const rows = await world.store.read
      .selectFrom("series_instances")
      .select(["number", "name"])
      .where("device_no", "=", device_no)
      .execute();
    return { device_no, numbers: new Map(rows.map(({ name, number }) => [name, number])) };
  }
  /** Two looks, an hour apart. */
  async function forecasts() {
    await world.runJobs("alarm-disk-forecasts");
    await world.pass(HOUR);
    await world.runJobs("alarm-disk-forecasts");
    return told();
  }
  const told = () =>
    world
      .takeTransitions()
      .filter(({ orgId }) => orgId === tenant.orgId)
      .map((one) =>
        [one.kind, one.kind === "ended" ? one.reason : one.severity, one.instance].filter(Boolean).join(" "),
      );

  it("open an alarm about a disk that fills, raise it, and end it when the disk was emptied", async () => {
    await addRule("disk-full", {});
    await writeDisks((daysAgo) => [50, 10 + daysAgo]);
    await world.runJobs("alarm-disk-forecasts");
    expect(told()).toEqual([]);
    await world.pass(HOUR);
    await world.runJobs("alarm-disk-forecasts");
    const [opened] = world.takeTransitions();
    expect(opened).toMatchObject({ kind: "violated", severity: "warning", instance: "/data" });
    expect(opened?.facts.forecast).toMatchObject({ days: 20, perDay: expect.closeTo(1e9, -8) });
    expect(opened?.facts).toMatchObject({ value: expect.closeTo(10, 0), threshold: 14 });
    await writeDisks((daysAgo) => [50, 2 + daysAgo]);
    expect(await forecasts()).toEqual(["escalated critical /data"]);
    await report(10);
    expect(told()).toEqual([]);
    await writeDisks((daysAgo) => [50, daysAgo < 0.5 ? 60 : 2 + daysAgo]);
    expect(await forecasts()).toEqual(["ended cleared /data"]);
  });

  it("apply to the file systems that they name, and to devices of their scope", async () => {
    await addRule("disk-full", { instances: ["/d*"], warning: 5 });
    await addRule(
      "disk-full",
      { warning: 30, critical: 10 },
      { scope: { kind: "class", deviceClass: "laptop" } },
    );
    await writeDisks((daysAgo) => [4 + daysAgo, 9 + daysAgo]);
    expect(await forecasts()).toEqual([]);
    await writeDisks((daysAgo) => [1 + daysAgo, 4 + daysAgo]);
    expect(await forecasts()).toEqual(["violated warning /data"]);
  });

  it("end their alarms when they are switched off", async () => {
    const id = await addRule("disk-full", {});
    await writeDisks((daysAgo) => [50, 10 + daysAgo]);
    expect(await forecasts()).toEqual(["violated warning /data"]);
    await ask("PATCH", `/alarm-rules/${id}`, { isEnabled: false });
    await world.pass(MINUTE);
    expect(told()).toEqual(["ended rule-off /data"]);
  });

  it("are silent about what is older than they are, and speak of what begins later", async () => {
    await writeDisks((daysAgo) => [50, 10 + daysAgo]);
    await addRule("disk-full", {}, { ignoresExisting: true });
    await world.pass(HOUR);
    await writeDisks((daysAgo) => [50, 10 + daysAgo]);
    expect(await forecasts()).toEqual([]);
    await writeDisks((daysAgo) => [Math.min(50, 10 + 4 * daysAgo), 10 + daysAgo]);
    world.clock.advance(15 * DAY);
    await world.pass(MINUTE);
    await writeDisks((daysAgo) => [Math.min(50, 10 + 4 * daysAgo), 70]);
    expect(await forecasts()).toEqual(["violated critical /"]);
  });

  it("say nothing about a device whose history is old", async () => {
    await addRule("disk-full", {});
    await writeDisks((daysAgo) => [50, 10 + daysAgo]);
    world.clock.advance(7 * HOUR);
    expect(await forecasts()).toEqual([]);
  });

  it("open an alarm about an unusual value once it has lasted, with what is usual, and end it", async () => {
    await addRule("unusual", { metric: "cpu", forS: 600 });
    const { device_no } = await findDevice();
    const end = Math.floor(world.clock.now() / HOUR) * HOUR;
    const times = Float64Array.from({ length: 29 * 288 }, (_, step) => end - (29 * 288 - step) * 5 * MINUTE);
    const usual = rollUp(
      { times, columns: new Map([[1, times.map((_, step) => 100 + (step % 9))]]) },
      5 * MINUTE,
    );
    await writeRollups("history_five_minutes", device_no, usual, dayOf);
    async function look(cpu: number) {
      await world.pass(5 * MINUTE - 10_000);
      await report(cpu);
      await world.pass(10_000);
      await world.runJobs("alarm-unusual-values");
      return world.takeTransitions().filter(({ orgId }) => orgId === tenant.orgId);
    }
    expect(await look(20)).toEqual([]);
    expect(await look(95)).toEqual([]);
    expect(await look(95)).toEqual([]);
    const [opened] = await look(96);
    expect(opened).toMatchObject({ kind: "violated", severity: "warning", instance: null });
    const { value, text, usual: range } = opened?.facts ?? {};
    expect({ value, text, ...range }).toEqual({
      value: 96,
      text: "cpu",
      middle: 10.4,
      low: 0,
      high: 26.4,
      count: 144,
    });
    expect(await look(12)).toMatchObject([{ kind: "ended", reason: "cleared" }]);
  });
});
