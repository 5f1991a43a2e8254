import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { NoticeKind } from "@muster/shared/contracts/delivery.ts";
import { pino } from "pino";
import {
  createNotifications,
  type NoticeAlarm,
  type Notifications,
  type NotificationsDeps,
} from "../../server/src/alerting/notifications/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { createSealer } from "../../server/src/platform/crypto/sealer.ts";
import type { Dialect, Store } from "../../server/src/platform/database/store.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import { createTrustedProxies } from "../../server/src/platform/http/client-address.ts";
import { createGuardedClient } from "../../server/src/platform/http-client/guarded-client.ts";
import { createRequestLimits } from "../../server/src/platform/http/request-limits.ts";
import type { Clock } from "../../server/src/platform/clock.ts";
import { type IdentityWorld, makeTenant, startIdentity, type Tenant } from "./identity-server.ts";
import { startHttpReceiver, type HttpReceiver } from "./http-receiver.ts";
import { type Mailbox, startMailbox } from "./mailbox.ts";
import { TEST_AUTHORITY } from "./test-certificates.ts";

const UNLIMITED = { perSecond: 1e6, burst: 1e6 };
const NO_LIMITS = { device: UNLIMITED, organization: UNLIMITED, member: UNLIMITED, address: UNLIMITED };
const makeId = createUuidV7Factory(Date.now);
const PUBLIC_URL = "http://localhost:8080";

/** An alarm as the module of the alarms would store it. */
export function makeAlarm(orgId: string, change: Partial<NoticeAlarm> = {}): NoticeAlarm {
  return {
    id: makeId(),
    org_id: orgId,
    type: "metric",
    severity: "critical",
    rule_id: null,
    rule_name: "Disk almost full",
    device_id: makeId(),
    device_name: "web-01",
    customer_id: null,
    instance: "/",
    facts: "{}",
    opened_at: Date.UTC(2026, 0, 5, 8),
    ended_at: null,
    acknowledged_at: null,
    acknowledged_by: null,
    snoozed_until: null,
    is_muted: 0,
    ...change,
  };
}

/** Notifications of one server on a store, with alarms that the test keeps. */
export function makeNotifications(
  given: {
    store: Store;
    clock: Clock;
    alarms: ReadonlyMap<string, NoticeAlarm>;
  } & Partial<NotificationsDeps>,
): Notifications {
  const { store, clock, alarms, ...others } = given;
  const sealer = createSealer(Buffer.alloc(32, 7));
  const log = pino({ level: "silent" });
  return createNotifications({
    store,
    clock,
    log,
    makeId: createUuidV7Factory(clock.now),
    audit: { record: async () => {} },
    retentionClock: { advance: async () => clock.now() },
    seal: sealer.seal,
    unseal: sealer.open,
    linkKey: sealer.deriveKey("acknowledge"),
    pushKey: sealer.deriveKey("web-push"),
    client: createGuardedClient({ allowedNetworks: ["127.0.0.1"] }),
    mail: null,
    publicUrl: PUBLIC_URL,
    heartbeatUrl: null,
    findAlarm: async (_db, orgId, alarmId) => {
      const alarm = alarms.get(alarmId);
      return alarm?.org_id === orgId ? alarm : undefined;
    },
    describeAlarm: ({ rule_name, device_name }) => ({
      title: `${rule_name} on ${device_name}`,
      sentence: "The file system / is 91 % full.",
    }),
    findCustomers: async () => new Map(),
    findRules: async () => new Map(),
    findDevice: async () => ({ tags: ["web"], deviceClass: "server", customerId: null }),
    findMaintenanceEnd: async () => null,
    acknowledge: async () => {},
    isMuted: async () => false,
    random: () => 0.5,
    ...others,
  });
}

export type NotificationWorld = {
  identity: IdentityWorld;
  tenant: Tenant;
  notifications: Notifications;
  receiver: HttpReceiver;
  mailbox: Mailbox;
  alarms: Map<string, NoticeAlarm>;
  /** Organizations by the ids of their customers. */
  customers: Map<string, string>;
  /** Changes an alarm and plans who is told, in one transaction, as the module of the alarms does. */
  tell(
    alarm: NoticeAlarm,
    eventNumber: number,
    kind: NoticeKind,
    change?: Partial<NoticeAlarm>,
    byUserId?: string | null,
  ): Promise<void>;
  /** Moves the clock and sends what is due. */
  pass(seconds: number): Promise<void>;
  runJob(name: string): Promise<void>;
  ask: IdentityWorld["ask"];
  remove(): Promise<void>;
};

/** Identity and notifications behind the real app, with a real mail server and a real receiver of webhooks. */
export async function startNotifications(
  dialect: Dialect,
  scheme: "smtp" | "smtps" = "smtps",
): Promise<NotificationWorld> {
  const identity = await startIdentity(dialect);
  const folder = await mkdtemp(path.join(tmpdir(), "muster-mail-"));
  const caFile = path.join(folder, "ca.pem");
  await writeFile(caFile, TEST_AUTHORITY);
  const [mailbox, receiver] = await Promise.all([startMailbox(scheme), startHttpReceiver()]);
  const alarms = new Map<string, NoticeAlarm>();
  const customers = new Map<string, string>();
  const { clock, store } = identity;
  const notifications = makeNotifications({
    store,
    clock,
    alarms,
    audit: identity.identity.audit,
    findCustomers: async (_tx, orgId, ids) =>
      new Map(ids.flatMap((id) => (customers.get(id) === orgId ? [[id, id]] : []))),
    mail: { smtpUrl: mailbox.smtpUrl, from: "Muster <muster@example.org>", caFile },
    acknowledge: async (_tenant, alarmId, by) => {
      const alarm = alarms.get(alarmId);
      if (!alarm) throw new Error("there is no such alarm");
      alarms.set(alarmId, { ...alarm, acknowledged_at: clock.now(), acknowledged_by: by.actor.name });
    },
  });
  const app = createApp({
    routes: notifications.routes,
    authenticate: identity.identity.authenticate,
    log: pino({ level: "silent" }),
    clock,
    checksAnswers: true,
    trustedProxies: createTrustedProxies([]),
    limits: createRequestLimits({ ...NO_LIMITS, work: NO_LIMITS }, clock),
  });
  return {
    identity,
    tenant: await makeTenant(identity),
    notifications,
    receiver,
    mailbox,
    alarms,
    customers,
    async tell(alarm, eventNumber, kind, change = {}, byUserId = null) {
      const now = { ...(alarms.get(alarm.id) ?? alarm), ...change };
      alarms.set(alarm.id, now);
      const notice = {
        orgId: alarm.org_id,
        alarmId: alarm.id,
        eventNumber,
        kind,
        at: clock.now(),
        byUserId,
        alarm: now,
      };
      await store.transaction((tx) => notifications.notify(tx, notice));
    },
    async pass(seconds) {
      clock.advance(seconds * 1000);
      await notifications.outbox.drain();
    },
    async runJob(name) {
      const job = notifications.jobs.find((found) => found.name === name);
      await job?.run(new AbortController().signal);
    },
    async ask(method, url, { body, cookie, ifMatch = "*" } = {}) {
      const headers = new Headers({ origin: PUBLIC_URL });
      if (body !== undefined) headers.set("content-type", "application/json");
      if (cookie) headers.set("cookie", cookie);
      if (method === "PATCH" && ifMatch !== null) headers.set("if-match", ifMatch);
      const answer = await app.request(url, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get("content-type") === "application/json";
      return {
        status: answer.status,
        body: isJson && text !== "" ? JSON.parse(text) : text,
        headers: answer.headers,
        cookie: null,
      };
    },
    async remove() {
      await notifications.stop();
      await Promise.all([mailbox.close(), receiver.close()]);
      await identity.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
