import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OUTBOX_FAULT_POINTS } from "../../server/src/alerting/notifications/index.ts";
import { COMPILE_CACHE } from "../harness/compile-cache.ts";
import { makeTenant } from "../harness/identity-server.ts";
import { makeAlarm, type NotificationWorld, startNotifications } from "../harness/notification-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

const script = path.join(import.meta.dirname, "../harness/send-notifications.ts");
const ALARMS = 6;
const LEASE_S = 121;

describe.each(DIALECTS)("servers on %s that are killed while they send", (dialect) => {
  let world: NotificationWorld;
  beforeEach(async () => {
    world = await startNotifications(dialect);
  });
  afterEach(() => world.remove());

  async function planMessages(): Promise<void> {
    const tenant = await makeTenant(world.identity);
    const { cookie } = tenant.users.admin;
    const channel = { name: "Chat", type: "webhook", settings: { url: world.receiver.url } };
    const { body } = await world.ask("POST", "/api/v1/channels", { cookie, body: channel });
    const policy = { name: "All", recipients: { channelIds: [body.id] }, collectS: 0 };
    await world.ask("POST", "/api/v1/notification-policies", { cookie, body: policy });
    for (let count = 0; count < ALARMS; count += 1) await world.tell(makeAlarm(tenant.orgId), 1, "opened");
  }

  /** Returns whether the server was killed. */
  async function sendAndKill(point: string, passes: number): Promise<boolean> {
    const now = String(world.identity.clock.now());
    const child = fork(script, [world.identity.url, now, point, String(passes)], {
      env: { ...process.env, ...COMPILE_CACHE },
      execArgv: [],
    });
    const [code, signal] = await once(child, "exit");
    if (signal !== "SIGKILL" && code !== 0) throw new Error(`the server ended with ${code}`);
    return signal === "SIGKILL";
  }

  // What happens between take, answer and record is the same code on both databases.
  it.each(dialect === "postgres" ? OUTBOX_FAULT_POINTS : ["answered"])(
    "at “%s” lose nothing and repeat at most what was under way, under the same id",
    async (point) => {
      await planMessages();
      expect(await sendAndKill(point, 2)).toBe(true);
      world.identity.clock.advance(LEASE_S * 1000);
      // Two more, at the same time: each message is taken by one of them.
      await Promise.all([
        sendAndKill("none", 0),
        ...(dialect === "postgres" ? [sendAndKill("none", 0)] : []),
      ]);
      const byAlarm = Map.groupBy(world.receiver.received, ({ json }) => json.data.events[0].alarm.id);
      expect(byAlarm.size).toBe(ALARMS);
      for (const requests of byAlarm.values())
        expect(new Set(requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
      // Two messages of a channel are under way at a time.
      const repeated = world.receiver.received.length - ALARMS;
      expect(repeated).toBeLessThanOrEqual(2);
      for (const requests of byAlarm.values()) expect(requests.length).toBeLessThanOrEqual(2);
      if (point === "answered") expect(repeated).toBeGreaterThanOrEqual(1);
      const states = await world.identity.store.read
        .selectFrom("deliveries")
        .select("state")
        .distinct()
        .execute();
      expect(states).toEqual([{ state: "sent" }]);
    },
  );
});
