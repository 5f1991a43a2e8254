import type { AlarmDetail } from "@muster/shared/contracts/alarm.ts";
import type {
  AlarmAction,
  AlarmAssignees,
  AlarmBulk,
  AlarmBulkResult,
  AlarmRefusal,
} from "@muster/shared/contracts/alarm-change.ts";
import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type { Kysely, Transaction } from "kysely";
import type { Actor, Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { findAlarm, lockAlarms, readAlarmEvents } from "./alarm.repository.ts";
import { actionStep, REFUSALS } from "./alarm-actions.ts";
import type { AlarmHints } from "./alarm-hints.ts";
import { viewAlarms } from "./alarm-reads.ts";
import { eventView } from "./alarm-view.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { describeAlarm } from "./describe-alarm.ts";
import { type AlarmDraft, drafted, writeAlarms } from "./write-alarms.ts";

/** Who acts, in which request. */
export type ActsBy = { actor: Actor; requestId: string | null };

/** A member of the organization; undefined when there is none with this id. */
export type FindAssignee = (
  db: Kysely<Tables>,
  orgId: string,
  userId: string,
) => Promise<{ id: string; name: string } | undefined>;

/** Members of the organization, by name. */
export type ReadAssignees = (
  db: Kysely<Tables>,
  orgId: string,
  limit: number,
) => Promise<{ id: string; name: string }[]>;

export type Alarms = {
  /** The members whom alarms can be assigned to. */
  assignees(orgId: string): Promise<AlarmAssignees>;
  /** Throws `not-found`. */
  get(tenant: Tenant, alarmId: string): Promise<AlarmDetail>;
  /** Does it to one alarm. Throws `not-found`, `conflict` when it cannot be done, and `bad-request` for an unknown assignee. */
  act(tenant: Tenant, alarmId: string, action: AlarmAction, by: ActsBy): Promise<AlarmDetail>;
  /** Does it to each alarm for itself. */
  actOnMany(tenant: Tenant, request: AlarmBulk, by: ActsBy): Promise<AlarmBulkResult>;
};

export type AlarmsDeps = {
  store: Store;
  clock: Clock;
  audit: Pick<Audit, "record">;
  notify: Notify;
  hints: Pick<AlarmHints, "publish">;
  findAssignee: FindAssignee;
  readAssignees: ReadAssignees;
};

const SHOWN_EVENTS = 500;
const ALARMS_PER_TRANSACTION = 100;
const MAX_ASSIGNEES = 500;

const AUDIT_ACTIONS: Record<AlarmAction["kind"], AuditAction> = {
  acknowledge: "alarm.acknowledged",
  unacknowledge: "alarm.unacknowledged",
  resolve: "alarm.resolved",
  snooze: "alarm.snoozed",
  assign: "alarm.assigned",
  comment: "alarm.commented",
};

export function createAlarms(deps: AlarmsDeps): Alarms {
  const { store, clock, audit, notify, hints, findAssignee, readAssignees } = deps;

  async function get(tenant: Tenant, alarmId: string): Promise<AlarmDetail> {
    const row = await findAlarm(store.read, tenant, alarmId);
    const [alarm] = await viewAlarms(store.read, tenant, row ? [row] : [], clock.now());
    if (!alarm) throw notFoundError();
    const events = await readAlarmEvents(store.read, tenant.orgId, alarmId, SHOWN_EVENTS);
    return { ...alarm, timeline: events.map(eventView) };
  }

  /** Returns the ids of changed alarms, and why the others were not changed. */
  function actIn(tenant: Tenant, ids: readonly string[], action: AlarmAction, by: ActsBy) {
    return store.transaction(async (tx) => {
      const rows = await lockAlarms(tx, store.dialect, tenant, ids);
      // Nothing about members is said to who reaches none of the alarms.
      const assignee = rows.length === 0 ? null : await assigneeOf(tx, tenant, action);
      const acted = { at: clock.now(), by: by.actor, assignee };
      const drafts: AlarmDraft[] = [];
      const refused = new Map<string, AlarmRefusal>();
      for (const row of rows) {
        const outcome = actionStep(row, action, acted);
        if ("refused" in outcome) refused.set(row.id, outcome.refused);
        else drafts.push(drafted(null, outcome));
      }
      const changed = drafts.filter(({ events }) => events.length > 0);
      await writeAlarms(tx, notify, changed);
      for (const { row } of changed) await audit.record(tx, { ...auditOf(row, action, assignee), ...by });
      return { done: drafts.map(({ row }) => row.id), refused };
    });
  }

  async function assigneeOf(tx: Transaction<Tables>, { orgId }: Tenant, action: AlarmAction) {
    if (action.kind !== "assign" || action.userId === null) return null;
    const member = await findAssignee(tx, orgId, action.userId);
    if (member) return { id: member.id, name: member.name };
    throw new MusterError("bad-request", "There is no such member to assign the alarm to.", {
      details: [{ path: "userId", message: "must be the id of a member" }],
    });
  }

  return {
    get,
    assignees: async (orgId) => ({ items: await readAssignees(store.read, orgId, MAX_ASSIGNEES) }),
    async act(tenant, alarmId, action, by) {
      const { done, refused } = await actIn(tenant, [alarmId], action, by);
      const reason = refused.get(alarmId);
      if (reason !== undefined)
        throw new MusterError("conflict", `The alarm cannot be changed: ${REFUSALS[reason]}`);
      if (done.length === 0) throw notFoundError();
      hints.publish(tenant.orgId, done);
      return get(tenant, alarmId);
    },
    async actOnMany(tenant, { ids, action }, by) {
      const result: AlarmBulkResult = { changed: [], refused: [] };
      const wanted = [...new Set(ids)];
      for (let start = 0; start < wanted.length; start += ALARMS_PER_TRANSACTION) {
        const slice = wanted.slice(start, start + ALARMS_PER_TRANSACTION);
        const { done, refused } = await actIn(tenant, slice, action, by);
        const known = new Set(done);
        result.changed.push(...done);
        for (const id of slice) {
          if (known.has(id)) continue;
          const reason = refused.get(id) ?? "not-found";
          result.refused.push({ id, reason, message: REFUSALS[reason] });
        }
        hints.publish(tenant.orgId, done);
      }
      return result;
    },
  };
}

function auditOf(row: AlarmRow, action: AlarmAction, assignee: { name: string } | null) {
  return {
    orgId: row.org_id,
    action: AUDIT_ACTIONS[action.kind],
    subject: { type: "alarm", id: row.id, name: auditNameOf(row) },
    customerId: row.customer_id,
    details: {
      ...("note" in action && action.note !== undefined && { note: action.note }),
      ...("until" in action && action.until !== undefined && { until: action.until }),
      ...(action.kind === "assign" && { assignee: assignee?.name ?? null }),
      ...(row.device_id !== null && { deviceIds: [row.device_id], deviceNames: [row.device_name] }),
    },
  };
}

/** What the audit log calls the alarm. */
export function auditNameOf(row: AlarmRow): string {
  const { title } = describeAlarm(row, "en");
  return row.device_name === null ? title : `${title} (${row.device_name})`;
}

function notFoundError(): MusterError {
  return new MusterError("not-found", REFUSALS["not-found"]);
}
