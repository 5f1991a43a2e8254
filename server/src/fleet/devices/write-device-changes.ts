import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type { HeldLevel } from "@muster/shared/health/held-status.ts";
import type { Transaction } from "kysely";
import type { Actor, Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { nextEdit } from "../../platform/edit-version.ts";
import { type AvailabilityFacts, availabilityChange } from "../availability/availability-state.ts";
import { writeInterval } from "../availability/write-interval.repository.ts";
import { deviceStatusOf } from "../presence/device-status.ts";
import { type DeviceColumnChanges, setHeldLevel, updateDevices } from "./device-writes.repository.ts";
import { type DeviceRow, nameOf, statusFactsOf } from "./device-row.ts";
import { insertChanges } from "../watch/device-signals.repository.ts";
import { LISTING_COLUMNS, listingOf } from "./listing.ts";

/** The columns to change, and the entry in the audit log. */
export type PlannedChange = {
  columns: DeviceColumnChanges;
  /** Replaces the level of the score that counts, with what began to differ from it. */
  heldLevel?: HeldLevel;
  action: AuditAction;
  details?: Record<string, unknown>;
};

/**
 * Writes planned changes of devices with the resulting status, and records each in the audit log. The caller locks the devices before it
 * reads the rows, so that the rows are what is stored. Returns the rows after it, in the same order.
 */
export type WriteDeviceChanges = <Row extends DeviceRow>(
  tx: Transaction<Tables>,
  orgId: string,
  changes: readonly { row: Row; planned: PlannedChange }[],
  by: { actor: Actor; requestId: string | null },
) => Promise<Row[]>;

export function createWriteDeviceChanges(deps: {
  dialect: Dialect;
  clock: Clock;
  audit: Audit;
}): WriteDeviceChanges {
  const { dialect, clock, audit } = deps;
  return async (tx, orgId, changes, { actor, requestId }) => {
    if (changes.length === 0) return [];
    const now = clock.now();
    const written = changes.map((change) => ({ ...change, ...changedBy(change, actor, now) }));
    await updateDevices(
      tx,
      orgId,
      written.map(({ row, columns }) => ({ deviceNo: row.device_no, columns })),
    );
    for (const { row, after, planned } of written) {
      if (planned.heldLevel !== undefined) await setHeldLevel(tx, orgId, row.device_no, planned.heldLevel);
      const availability = availabilityChange(availabilityFactsOf(row), availabilityFactsOf(after), now);
      const device = { deviceNo: row.device_no, lastReportAt: row.last_received_at };
      if (availability) await writeInterval(tx, dialect, device, availability);
    }
    await insertChanges(
      tx,
      written.map(({ row }) => ({ orgId, deviceNo: row.device_no, deviceId: row.id, at: now })),
    );
    const entries = written.map(({ after, planned }) => ({
      orgId,
      actor,
      requestId,
      action: planned.action,
      subject: { type: "device" as const, id: after.id, name: nameOf(after) },
      customerId: after.customer_id,
      ...(planned.details && { details: planned.details }),
    }));
    await audit.recordAll(tx, entries);
    return written.map(({ after }) => after);
  };
}

/** The columns that a change writes, and the row with them. */
function changedBy<Row extends DeviceRow>(
  { row, planned }: { row: Row; planned: PlannedChange },
  actor: Actor,
  now: number,
): { columns: DeviceColumnChanges; after: Row } {
  const { heldLevel } = planned;
  const held = heldLevel !== undefined && {
    held_level: heldLevel,
    warn_differs_since: null,
    critical_differs_since: null,
  };
  const changed = { ...row, ...planned.columns, ...held };
  const status = deviceStatusOf(statusFactsOf(changed), now);
  const columns: DeviceColumnChanges = {
    ...planned.columns,
    ...(isAny(planned.columns, EDITED_COLUMNS) && nextEdit(row, actor, now)),
    ...(isAny(planned.columns, LISTING_COLUMNS) && listingOf(changed)),
    shown: status.shown,
    is_absent: status.isAbsent ? 1 : 0,
    attention_rank: status.attentionRank,
  };
  return { columns, after: { ...changed, ...columns, version: row.version + 1 } };
}

/** What members enter about a device. A change of anything else keeps the version. */
const EDITED_COLUMNS = [
  "label",
  "customer_id",
  "tags",
  "notes",
  "class_chosen",
  "maintenance_until",
  "depends_on",
  "excluded_mounts",
] as const satisfies readonly (keyof DeviceColumnChanges)[];

function isAny(columns: DeviceColumnChanges, names: readonly (keyof DeviceColumnChanges)[]): boolean {
  return names.some((name) => columns[name] !== undefined);
}

/** Null for an archived device, whose availability is not recorded. */
function availabilityFactsOf(row: DeviceRow): AvailabilityFacts | null {
  if (row.archived_at !== null) return null;
  const { connection, shown } = row;
  return { connection, shown, isAbsent: row.is_absent === 1, isApproved: row.approved_at !== null };
}
