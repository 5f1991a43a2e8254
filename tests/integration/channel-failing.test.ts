import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSystemAlarms } from "../../server/src/alerting/alarms/system-alarms.ts";
import { createChannelFailingJob } from "../../server/src/alerting/channel-failing/channel-failing.job.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type HttpReceiver, startHttpReceiver } from "../harness/http-receiver.ts";
import { makeTenant, type Tenant } from "../harness/identity-server.ts";
import { makeAlarm, type NotificationWorld, startNotifications } from "../harness/notification-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

const HOUR_S = 3_600;

describe.each(DIALECTS)("a channel that fails on %s", (dialect) => {
  let world: NotificationWorld;
  let broken: HttpReceiver;
  let tenant: Tenant;
  let channelIds: string[];

  beforeAll(async () => {
    [world, broken] = await Promise.all([startNotifications(dialect), startHttpReceiver()]);
  });
  afterAll(async () => {
    await broken.close();
    await world.remove();
  });
  beforeEach(async () => {
    tenant = await makeTenant(world.identity);
    world.receiver.reset();
    broken.reset();
    channelIds = [];
    for (const [name, { url }] of [
      ["Broken", broken],
      ["Works", world.receiver],
    ] as const) {
      const body = { name, type: "webhook", settings: { url } };
      channelIds.push((await ask("POST", "channels", body)).id);
    }
    await ask("POST", "notification-policies", { name: "All", recipients: { channelIds }, collectS: 0 });
    broken.answerNext(...Array.from({ length: 100 }, () => 503));
  });

  async function ask(method: string, path: string, body: object) {
    const { cookie } = tenant.users.admin;
    return (await world.ask(method, `/api/v1/${path}`, { cookie, body })).body;
  }

  /** Runs the job, and returns the alarms of the organization about channels. */
  async function look() {
    const { store, clock } = world.identity;
    const systemAlarms = createSystemAlarms({
      store,
      clock,
      makeId: createUuidV7Factory(clock.now),
      notify: world.notifications.notify,
      hints: { publish: () => undefined },
    });
    await createChannelFailingJob({ store, clock, systemAlarms }).run(new AbortController().signal);
    const rows = await store.read
      .selectFrom("alarms")
      .selectAll()
      .where("org_id", "=", tenant.orgId)
      .execute();
    for (const row of rows) world.alarms.set(row.id, row);
    return rows.map(({ id, type, facts, ended_at, end_reason }) => ({
      id,
      type,
      facts: JSON.parse(facts),
      isOpen: ended_at === null,
      reason: end_reason,
    }));
  }

  async function failForMinutes(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 5) await world.pass(300);
  }

  const messagesAbout = ({ received }: HttpReceiver, alarmId: string | undefined) =>
    received.filter(({ json }) =>
      json.data.events.some(({ alarm }: { alarm: { id: string } }) => alarm.id === alarmId),
    ).length;

  it("opens an alarm after an hour, which is told over other channels, and ends with the first success", async () => {
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await failForMinutes(50);
    expect(await look()).toEqual([]);
    await failForMinutes(20);
    const [alarm] = await look();
    expect(alarm).toMatchObject({
      type: "channel-failing",
      facts: { text: "Broken", channelId: channelIds[0] },
      isOpen: true,
    });
    await world.pass(1);
    expect([messagesAbout(world.receiver, alarm?.id), messagesAbout(broken, alarm?.id)]).toEqual([1, 0]);
    expect(await look()).toHaveLength(1);

    broken.reset();
    await world.pass(12 * HOUR_S);
    await world.pass(12 * HOUR_S);
    expect(await look()).toMatchObject([{ isOpen: false, reason: "cleared" }]);
  });

  it("has an alarm again when it fails later, also after a user has closed the first one", async () => {
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await failForMinutes(70);
    const [alarm] = await look();
    await world.identity.store.transaction((tx) =>
      tx
        .updateTable("alarms")
        .set({ ended_at: world.identity.clock.now(), end_reason: "resolved" })
        .where("id", "=", alarm?.id ?? "")
        .execute(),
    );
    expect(await look()).toMatchObject([{ isOpen: false }]);
    broken.reset();
    await world.pass(24 * HOUR_S);
    expect(await look()).toHaveLength(1);
    broken.answerNext(...Array.from({ length: 100 }, () => 503));
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await failForMinutes(70);
    expect((await look()).filter(({ isOpen }) => isOpen)).toHaveLength(1);
  });

  it("has no alarm once it is switched off", async () => {
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await failForMinutes(70);
    expect(await look()).toMatchObject([{ isOpen: true }]);
    await ask("PATCH", `channels/${channelIds[0]}`, { isEnabled: false });
    expect(await look()).toMatchObject([{ isOpen: false, reason: "channel-off" }]);
    expect(await look()).toMatchObject([{ isOpen: false }]);
  });
});
