import { PolicyDefinition } from "@muster/shared/contracts/notification-policy.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AlarmTransition } from "../../server/src/alerting/alarm-transition.ts";
import { insertChannel } from "../../server/src/alerting/notifications/channels/channel.repository.ts";
import { insertPolicy } from "../../server/src/alerting/notifications/policies/policy.repository.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { UNEDITED } from "../../server/src/platform/edit-version.ts";
import { type AlarmWorld, startAlarms } from "../harness/alarm-world.ts";
import { type FleetTenant, makeFleetTenant, type TestDevice } from "../harness/fleet-server.ts";
import { makeNotifications } from "../harness/notification-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);
const MINUTE = 60_000;

describe.each(DIALECTS)("inhibition by recipients on %s", (dialect) => {
  let world: AlarmWorld;
  let tenant: FleetTenant;
  let device: TestDevice;
  let channels: { network: string; servers: string };
  const [offline, cpu, disk] = [makeId(), makeId(), makeId()];
  beforeAll(async () => {
    world = await startAlarms(
      dialect,
      ({ store }, clock) => makeNotifications({ store, clock, alarms: new Map() }).notify,
    );
    await world.retentionClock.load();
    const rule = { name: "r", version: 1, isEnabled: true };
    world.rules.set(offline, { ...rule, id: offline, type: "offline" });
    world.rules.set(cpu, { ...rule, id: cpu, type: "metric" });
    world.rules.set(disk, { ...rule, id: disk, type: "metric" });
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    device = await tenant.enrol({ hostname: "web-1" });
    channels = { network: await addChannel("network"), servers: await addChannel("servers") };
  });

  async function addChannel(name: string): Promise<string> {
    const id = makeId();
    const row = {
      id,
      org_id: tenant.orgId,
      type: "ntfy" as const,
      name,
      name_key: name,
      language: "en" as const,
    };
    const rest = {
      is_enabled: 1 as const,
      settings: "{}",
      created_at: 1,
      last_sent_at: null,
      failing_since: null,
    };
    await world.store.transaction((tx) =>
      insertChannel(tx, { ...row, ...rest, sealed_secrets: Buffer.alloc(1), ...UNEDITED }),
    );
    return id;
  }
  async function addPolicy(position: number, ruleIds: string[], channelIds: string[], more: object = {}) {
    const definition = PolicyDefinition.parse({ match: { ruleIds }, recipients: { channelIds }, ...more });
    const row = {
      id: makeId(),
      org_id: tenant.orgId,
      position,
      name: `p${position}`,
      is_enabled: 1 as const,
    };
    await world.store.transaction((tx) =>
      insertPolicy(tx, { ...row, definition: JSON.stringify(definition), ...UNEDITED }),
    );
  }
  async function transition(kind: "violated" | "ended", ruleId: string): Promise<AlarmTransition> {
    const { device_no } = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", device.id)
      .executeTakeFirstOrThrow();
    const about = { orgId: tenant.orgId, deviceNo: device_no, deviceId: device.id, ruleId, ruleVersion: 1 };
    const when = { instance: null, at: world.clock.now(), facts: {} };
    if (kind === "ended") return { ...about, ...when, kind, reason: "cleared" };
    return { ...about, ...when, kind, severity: "critical" };
  }
  /** What each channel is told, in its order. */
  async function told() {
    const rows = await world.store.read
      .selectFrom("deliveries as d")
      .innerJoin("alarms as a", "a.id", "d.alarm_id")
      .select(["d.channel_id", "d.kind", "a.rule_id"])
      .where("d.org_id", "=", tenant.orgId)
      .where("d.state", "<>", "merged")
      .orderBy("d.id")
      .execute();
    const names = new Map([
      [offline, "offline"],
      [cpu, "cpu"],
      [disk, "disk"],
    ]);
    const of = (id: string) =>
      rows.flatMap((row) => (row.channel_id === id ? [`${names.get(row.rule_id ?? "")} ${row.kind}`] : []));
    return { network: of(channels.network), servers: of(channels.servers) };
  }
  const sent = () =>
    world.store.transaction((tx) =>
      tx.updateTable("deliveries").set({ state: "sent" }).where("org_id", "=", tenant.orgId).execute(),
    );

  it("leaves out who was told of the cause, and tells them once at its end what still holds", async () => {
    await addPolicy(1, [offline], [channels.network]);
    await addPolicy(2, [], [channels.network, channels.servers]);
    await world.apply(await transition("violated", offline));
    await world.apply(await transition("violated", cpu), await transition("violated", disk));
    await sent();
    expect(await told()).toEqual({ network: ["offline opened"], servers: ["cpu opened", "disk opened"] });
    await world.apply(await transition("ended", disk), await transition("ended", offline));
    await world.runAlarmJobs("alarms");
    await world.runAlarmJobs("alarms");
    expect(await told()).toEqual({
      network: ["offline opened", "offline ended", "cpu opened"],
      servers: ["cpu opened", "disk opened", "disk ended"],
    });
    await sent();
    await world.apply(await transition("ended", cpu));
    expect(await told()).toMatchObject({
      network: ["offline opened", "offline ended", "cpu opened", "cpu ended"],
      servers: ["cpu opened", "disk opened", "disk ended", "cpu ended"],
    });
  });

  it("tells of everything where nobody was told of the cause", async () => {
    await addPolicy(1, [offline], []);
    await addPolicy(2, [], [channels.servers]);
    await world.apply(await transition("violated", offline), await transition("violated", cpu));
    expect(await told()).toEqual({ network: [], servers: ["cpu opened"] });
    await world.apply(await transition("ended", offline));
    await world.runAlarmJobs("alarms");
    expect(await told()).toEqual({ network: [], servers: ["cpu opened"] });
  });

  it("reminds only those who know of an alarm that is muted for others", async () => {
    await addPolicy(1, [offline], [channels.network]);
    await addPolicy(2, [], [channels.network, channels.servers], { remindEveryMin: 5 });
    await world.apply(await transition("violated", offline), await transition("violated", cpu));
    await sent();
    world.clock.advance(6 * MINUTE);
    const alarm = await world.store.read
      .selectFrom("alarms")
      .selectAll()
      .where("org_id", "=", tenant.orgId)
      .where("rule_id", "=", cpu)
      .executeTakeFirstOrThrow();
    expect(alarm.is_muted).toBe(1);
    const notifications = makeNotifications({
      store: world.store,
      clock: world.clock,
      alarms: new Map([[alarm.id, alarm]]),
    });
    const job = notifications.jobs.find(({ name }) => name === "notification-follow-ups");
    await job?.run(new AbortController().signal);
    expect(await told()).toEqual({ network: ["offline opened"], servers: ["cpu opened", "cpu reminder"] });
  });
});
