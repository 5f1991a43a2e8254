import type { Delivery, DeliveryAttempt, DeliveryListQuery } from "@muster/shared/contracts/delivery.ts";
import type { ChangedBy } from "../../../identity/index.ts";
import { MusterError } from "../../../platform/errors.ts";
import { readIdPage, toIdPage } from "../../../platform/http/id-page.ts";
import { toInstant } from "../../../platform/instant.ts";
import type { Tenant } from "../../../platform/tenant.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import type { AttemptRow } from "../notifications.tables.ts";
import type { DescribeAlarm, FindAlarm } from "../notice.ts";
import { readUserTarget } from "../outbox/user-channels.ts";
import { GIVE_UP_AFTER_MS } from "../outbox/retry-delay.ts";
import {
  findDelivery,
  type ListedDelivery,
  readAttempts,
  readDeliveries,
  resumeMessage,
} from "./delivery.repository.ts";

import { type DeliveryNames, readDeliveryNames } from "./delivery-names.ts";

const MAX_SHOWN_ATTEMPTS = 10;

export type DeliveryService = {
  /** The deliveries that the tenant reaches, newest first. Throws `bad-request` for an invalid cursor. */
  list(tenant: Tenant, query: DeliveryListQuery): Promise<{ items: Delivery[]; nextCursor: string | null }>;
  /** Sends a message that was sent or failed once more, under the same id. Throws `not-found` and `conflict`. */
  replay(tenant: Tenant, deliveryId: string, by: ChangedBy): Promise<Delivery>;
};

type Deps = Pick<NotificationsContext, "store" | "clock" | "audit"> & {
  findAlarm: FindAlarm;
  describeAlarm: DescribeAlarm;
};

export function createDeliveryService(deps: Deps): DeliveryService {
  const { store, clock, audit } = deps;

  async function withAttempts(tenant: Tenant, rows: readonly ListedDelivery[]): Promise<Delivery[]> {
    const messageIds = [...new Set(rows.map(({ message_id }) => message_id))];
    const attempts = Map.groupBy(
      await readAttempts(store.read, tenant.orgId, messageIds),
      ({ message_id }) => message_id,
    );
    const names = await readDeliveryNames(deps, tenant.orgId, rows);
    const showsAnswers = tenant.customerIds === null;
    return rows.map((row) =>
      toDelivery(row, { attempts: attempts.get(row.message_id) ?? [], names, showsAnswers }),
    );
  }

  return {
    async list(tenant, query) {
      const page = readIdPage(query);
      const rows = await readDeliveries(store.read, tenant, query, page);
      const items = await withAttempts(tenant, rows.slice(0, page.limit));
      return { items, nextCursor: toIdPage(rows, page.limit, ({ id }) => id).nextCursor };
    },
    async replay(tenant, deliveryId, by) {
      const { orgId } = tenant;
      const now = clock.now();
      await store.transaction(async (tx) => {
        const row = await findDelivery(tx, tenant, deliveryId);
        if (!row) throw notFound();
        const times = { dueAt: now, giveUpAt: now + GIVE_UP_AFTER_MS };
        if (!(await resumeMessage(tx, orgId, row.message_id, times)))
          throw new MusterError("conflict", "Only a message that was sent or failed can be sent once more.");
        await audit.record(tx, {
          orgId,
          ...by,
          action: "delivery.replayed",
          subject: { type: "delivery", id: row.id, name: row.id },
          customerId: row.customer_id,
        });
      });
      const row = await findDelivery(store.read, tenant, deliveryId);
      const [delivery] = row ? await withAttempts(tenant, [row]) : [];
      if (!delivery) throw notFound();
      return delivery;
    },
  };
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no delivery with this id.");
}

/** An answer can quote a message, which may tell of other customers too. */
function toDelivery(
  row: ListedDelivery,
  {
    attempts,
    names,
    showsAnswers,
  }: { attempts: readonly AttemptRow[]; names: DeliveryNames; showsAnswers: boolean },
): Delivery {
  const user = readUserTarget(row);
  return {
    id: row.id,
    alarmId: row.alarm_id,
    alarm: names.alarms.get(row.alarm_id) ?? null,
    eventNumber: row.event_number,
    kind: row.kind,
    severity: row.severity,
    channelId: user ? null : row.channel_id,
    channelName: names.channels.get(row.channel_id) ?? null,
    recipient: user ? user.userId : row.recipient,
    userName: user ? (names.users.get(user.userId) ?? null) : null,
    isPush: user !== null && user.subscriptionId !== null,
    browser: names.browsers.get(user?.subscriptionId ?? "") ?? null,
    state: row.state,
    messageId: row.message_id,
    createdAt: toInstant(row.at),
    nextAttemptAt: row.state === "waiting" ? toInstant(row.due_at) : null,
    attempts: attempts.slice(-MAX_SHOWN_ATTEMPTS).map((attempt) => toAttempt(attempt, showsAnswers)),
  };
}

function toAttempt(
  { at, duration_ms, outcome, status, answer }: AttemptRow,
  showsAnswers: boolean,
): DeliveryAttempt {
  return {
    at: toInstant(at),
    durationMs: duration_ms,
    outcome,
    status,
    answer: showsAnswers ? answer : "",
  };
}
