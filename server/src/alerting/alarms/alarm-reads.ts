import {
  type Alarm,
  type AlarmFilter,
  type AlarmListQuery,
  type AlarmPage,
  AlarmSeverity,
  type AlarmSummary,
} from "@muster/shared/contracts/alarm.ts";
import type { Kysely } from "kysely";
import { readCustomerNames, readDevicesInMaintenance } from "../../fleet/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AnyRead, Read } from "../../platform/read-threads/read.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { positionOf, readAlarmCursor, writeAlarmCursor } from "./alarm-cursor.ts";
import { countAlarms, listAlarms } from "./alarm-list.repository.ts";
import { alarmView } from "./alarm-view.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { readTickets } from "../notifications/tickets/ticket.repository.ts";
import { ticketUrlOf } from "../notifications/tickets/ticket-systems.ts";
import { type MuteCauses, readMuteCauses } from "./mute-causes.ts";

type SummaryInput = { tenant: Tenant; filter: AlarmFilter; now: number };
type ListInput = { tenant: Tenant; query: AlarmListQuery; now: number };

/** A page of the alarms that a tenant reaches. Throws `bad-request` for an invalid cursor. */
export const alarmListRead: Read<ListInput, AlarmPage> = {
  name: "alarms.list",
  open:
    ({ read }) =>
    ({ tenant, query, now }) =>
      readAlarmPage(read, tenant, query, now),
};

export const alarmSummaryRead: Read<SummaryInput, AlarmSummary> = {
  name: "alarms.summary",
  open:
    ({ read }) =>
    async ({ tenant, filter, now }) => {
      const summary = { total: 0, info: 0, warning: 0, critical: 0, acknowledged: 0 };
      for (const { severity_rank, alarms, acknowledged } of await countAlarms(read, tenant, filter, now)) {
        const severity = AlarmSeverity.options[severity_rank];
        if (severity) summary[severity] += alarms;
        summary.total += alarms;
        summary.acknowledged += acknowledged;
      }
      const count = async (more: Partial<AlarmFilter>) => {
        const rows = await countAlarms(read, tenant, { ...filter, ...more }, now);
        return rows.reduce((sum, { alarms }) => sum + alarms, 0);
      };
      const snoozed = filter.snoozed === false ? 0 : await count({ snoozed: true });
      const unstable = filter.unstable === false ? 0 : await count({ unstable: true });
      return { ...summary, snoozed, unstable };
    },
};

/** The reads of this module that run on read threads. */
export const alarmReads: readonly AnyRead[] = [alarmListRead, alarmSummaryRead];

async function readAlarmPage(
  db: Kysely<Tables>,
  tenant: Tenant,
  query: AlarmListQuery,
  now: number,
): Promise<AlarmPage> {
  const position = query.cursor === undefined ? null : readAlarmCursor(query.cursor, query);
  const rows = await listAlarms(db, tenant, query, { position, now });
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: await viewAlarms(db, tenant, shown, now),
    nextCursor: last ? writeAlarmCursor(query, positionOf(last, query)) : null,
  };
}

/** Alarms as the API returns them, with what is read from other tables. */
export async function viewAlarms(
  db: Kysely<Tables>,
  tenant: Tenant,
  rows: readonly AlarmRow[],
  now: number,
): Promise<Alarm[]> {
  const causes = await readCausesOf(db, tenant, deviceIdsOf(rows), now);
  const customerIds = [...new Set(rows.flatMap(({ customer_id: id }) => (id === null ? [] : [id])))];
  const customers = await readCustomerNames(db, tenant.orgId, customerIds);
  const tickets = await readTicketsByAlarm(db, tenant.orgId, rows);
  return rows.map((row) =>
    alarmView(row, {
      tickets: tickets.get(row.id) ?? [],
      now,
      muting: causes.causeOf(row),
      tenant,
      customer: customers.get(row.customer_id ?? "") ?? null,
    }),
  );
}

async function readTicketsByAlarm(
  db: Kysely<Tables>,
  orgId: string,
  rows: readonly AlarmRow[],
): Promise<ReadonlyMap<string, Alarm["tickets"]>> {
  const found = await readTickets(
    db,
    orgId,
    rows.map(({ id }) => id),
  );
  const byAlarm = new Map<string, Alarm["tickets"]>();
  for (const ticket of found) {
    const { alarm_id: alarmId, name: channel, key } = ticket;
    byAlarm.set(alarmId, [...(byAlarm.get(alarmId) ?? []), { channel, key, url: ticketUrlOf(ticket) }]);
  }
  return byAlarm;
}

/** What keeps alarms about these devices quiet. */
export async function readCausesOf(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceIds: readonly string[],
  now: number,
): Promise<MuteCauses> {
  const inMaintenance = await readDevicesInMaintenance(db, tenant, deviceIds, now);
  return readMuteCauses(db, tenant.orgId, { deviceIds, inMaintenance, now });
}

/** The devices that open ones of these alarms are about. */
export function deviceIdsOf(rows: readonly Pick<AlarmRow, "device_id" | "ended_at">[]): string[] {
  const open = rows.filter(({ ended_at }) => ended_at === null);
  return [...new Set(open.flatMap(({ device_id }) => (device_id === null ? [] : [device_id])))];
}
