/*
 * A server that sends notifications until nothing is due, and kills itself at a fault point:
 * node send-notifications.ts <database url> <now> <fault point or "none"> <how often the point is passed before>
 */
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import type { NoticeAlarm } from "../../server/src/alerting/notifications/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { makeAlarm, makeNotifications } from "./notification-world.ts";

const [url = "", now = "0", point = "none", passes = "0"] = process.argv.slice(2);
const store = await openStore({ url, log: pino({ level: "silent" }), migrations });
let passesLeft = Number(passes);

/** Alarms are known by their ids alone. */
class AnyAlarm extends Map<string, NoticeAlarm> {
  override get(id: string): NoticeAlarm {
    return makeAlarm(orgId, { id });
  }
}

const { orgId } = await store.read.selectFrom("channels").select("org_id as orgId").executeTakeFirstOrThrow();
const { outbox } = makeNotifications({
  store,
  clock: { now: () => Number(now), monotonic: () => performance.now() },
  alarms: new AnyAlarm(),
  atFaultPoint(reached) {
    if (reached !== point) return;
    passesLeft -= 1;
    if (passesLeft < 0) process.kill(process.pid, "SIGKILL");
  },
});
await outbox.drain();
await outbox.stop();
await store.close();
