import {
  MAX_MAINTENANCE_WINDOWS,
  type MaintenanceCalendar,
  type MaintenanceCalendarQuery,
  type MaintenancePreview,
  type MaintenanceSchedule,
  type MaintenanceWindow,
  type MaintenanceWindowChange,
  type MaintenanceWindows,
  type MaintenanceWindowsQuery,
  type NewMaintenanceWindow,
} from "@muster/shared/contracts/maintenance-window.ts";
import { compareSortKeys, naturalSortKey } from "@muster/shared/natural-order.ts";
import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type { Transaction } from "kysely";
import { type Audit, changesOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { assertVersion } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant } from "../../platform/instant.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import type { ChangedBy } from "../devices/device-change.ts";
import { findCoveredDevice } from "./covered-device.repository.ts";
import { findWindow, insertWindow, readWindows, updateWindow } from "./maintenance-window.repository.ts";
import type { MaintenanceWindowRow } from "./maintenance.tables.ts";
import {
  currentAndNext,
  occurrencesOf,
  readScope,
  toMaintenanceWindow,
  toOccurrence,
  toStoredSchedule,
} from "./stored-window.ts";
import { occurrencesBetween } from "./occurrences.ts";
import { assertScope, covers, createReadReached, scopeColumns } from "./window-scope.ts";

const DAY_MS = 24 * 3_600_000;
const MAX_CALENDAR_MS = 92 * DAY_MS;
const MAX_CALENDAR_ITEMS = 1_000;
const MAX_PREVIEW_ITEMS = 5;
const MAX_AHEAD_MS = 366 * DAY_MS;

export type MaintenanceWindowService = {
  /** The windows that the tenant reaches, in the natural order of their names. Throws `not-found` for a device that it does not reach. */
  list(tenant: Tenant, query?: MaintenanceWindowsQuery): Promise<MaintenanceWindows>;
  /** The next times of a schedule that is not stored. */
  preview(schedule: MaintenanceSchedule): MaintenancePreview;
  /** Throws `not-found`, as everything below. */
  get(tenant: Tenant, windowId: string): Promise<MaintenanceWindow>;
  /** Throws `bad-request` for a scope that names what does not exist and for a time that is over, `conflict` beyond the number of windows. */
  create(orgId: string, input: NewMaintenanceWindow, by: ChangedBy): Promise<MaintenanceWindow>;
  /** Throws `precondition-failed` for another `version` than the window has. */
  change(
    orgId: string,
    windowId: string,
    given: { change: MaintenanceWindowChange; version: number | null },
    by: ChangedBy,
  ): Promise<MaintenanceWindow>;
  remove(orgId: string, windowId: string, by: ChangedBy): Promise<void>;
  /** Ends the time that is open now. Throws `conflict` while the window is closed. */
  end(orgId: string, windowId: string, by: ChangedBy): Promise<MaintenanceWindow>;
  /** Throws `bad-request` for a time that is too long. */
  calendar(tenant: Tenant, query: MaintenanceCalendarQuery): Promise<MaintenanceCalendar>;
};

type WindowDeps = { store: Store; clock: Clock; makeId: MakeId; audit: Pick<Audit, "record"> };

export function createMaintenanceWindows(deps: WindowDeps): MaintenanceWindowService {
  const { store, clock, makeId, audit } = deps;
  const readReached = createReadReached(store);
  const update = createUpdate(deps);

  return {
    async list(tenant, { deviceId } = {}) {
      const now = clock.now();
      const device = deviceId === undefined ? null : await requireDevice(store, tenant, deviceId);
      const items = (await readReached(tenant, await readWindows(store.read, tenant)))
        .filter((row) => device === null || covers(readScope(row), device))
        .map((row) => ({ row, key: naturalSortKey(row.name) }))
        .toSorted((a, b) => compareSortKeys(a.key, b.key) || compareSortKeys(a.row.id, b.row.id))
        .map(({ row }) => toMaintenanceWindow(row, now));
      return { items };
    },

    preview(schedule) {
      const now = clock.now();
      const range = { from: now, to: Number.POSITIVE_INFINITY, limit: MAX_PREVIEW_ITEMS };
      return { items: occurrencesBetween(toStoredSchedule(schedule, now), range).map(toOccurrence) };
    },

    async get(tenant, windowId) {
      const found = await findWindow(store.read, tenant, windowId);
      const [row] = found ? await readReached(tenant, [found]) : [];
      if (!row) throw notFoundError();
      return toMaintenanceWindow(row, clock.now());
    },

    async create(orgId, input, by) {
      const now = clock.now();
      const row: MaintenanceWindowRow = {
        id: makeId(),
        org_id: orgId,
        ...columnsOf(input, now),
        skipped_until: 0,
        check_at: now,
        removed_at: null,
        version: 1,
        created_at: now,
        updated_at: now,
        updated_by: by.actor.name,
      };
      await store.transaction(async (tx) => {
        await assertScope(tx, orgId, input.scope);
        await insertWindow(tx, row);
        await assertWithinNumber(tx, orgId);
        await audit.record(tx, entryOf(row, "maintenance-window.created", by));
      });
      return toMaintenanceWindow(row, now);
    },

    change: (orgId, windowId, { change, version }, by) =>
      update(
        { orgId, windowId, version, by, action: "maintenance-window.changed" },
        async (before, tx, now) => {
          if (change.scope) await assertScope(tx, orgId, change.scope);
          const { items, ...columns } = changedColumns(before, change, now);
          return { columns, details: { changes: items } };
        },
      ),

    async remove(orgId, windowId, by) {
      await update(
        { orgId, windowId, version: null, by, action: "maintenance-window.removed" },
        (_, __, now) => ({
          columns: { removed_at: now },
        }),
      );
    },

    end: (orgId, windowId, by) =>
      update({ orgId, windowId, version: null, by, action: "maintenance-window.ended" }, (before, _, now) => {
        const { current } = currentAndNext(before, now);
        if (!current) throw new MusterError("conflict", "The maintenance window is not open.");
        return { columns: { skipped_until: now + 1 } };
      }),

    async calendar(tenant, query) {
      const range = calendarRange(query);
      const rows = await readReached(tenant, await readWindows(store.read, tenant));
      const items = rows
        .flatMap((row) =>
          occurrencesOf(row, { ...range, limit: MAX_CALENDAR_ITEMS }).map((occurrence) => ({
            row,
            occurrence,
          })),
        )
        .toSorted(
          (a, b) => a.occurrence.startsAt - b.occurrence.startsAt || compareSortKeys(a.row.id, b.row.id),
        )
        .slice(0, MAX_CALENDAR_ITEMS)
        .map(({ row, occurrence }) => ({ ...toOccurrence(occurrence), windowId: row.id, name: row.name }));
      return { items };
    },
  };
}

type Update = {
  columns: Partial<Omit<MaintenanceWindowRow, "id" | "org_id">>;
  details?: Record<string, unknown>;
};

/** Creates the function that changes a window in one transaction, as `plan` decides, with a new version and an entry in the audit log. */
function createUpdate({ store, clock, audit }: WindowDeps) {
  return async (
    given: {
      orgId: string;
      windowId: string;
      version: number | null;
      by: ChangedBy;
      action: AuditAction;
    },
    plan: (before: MaintenanceWindowRow, tx: Transaction<Tables>, now: number) => Update | Promise<Update>,
  ): Promise<MaintenanceWindow> => {
    const { orgId, windowId, version, by, action } = given;
    const now = clock.now();
    return store.transaction(async (tx) => {
      const before = await findWindow(tx, wholeOrganization(orgId), windowId);
      if (!before) throw notFoundError();
      assertVersion(version, editInfoOf(before));
      const { columns, details } = await plan(before, tx, now);
      const after: MaintenanceWindowRow = {
        ...before,
        ...columns,
        check_at: now,
        version: before.version + 1,
        updated_at: now,
        updated_by: by.actor.name,
      };
      // Another server may have changed it since it was read.
      if (!(await updateWindow(tx, after, before.version))) {
        assertVersion(before.version, editInfoOf({ ...before, version: before.version + 1 }));
      }
      await audit.record(tx, { ...entryOf(after, action, by), ...(details && { details }) });
      return toMaintenanceWindow(after, now);
    });
  };
}

function columnsOf({ name, note, scope, schedule, isEnabled }: NewMaintenanceWindow, now: number) {
  return {
    name,
    note,
    ...scopeColumns(scope),
    schedule: JSON.stringify(storedSchedule(schedule, now)),
    is_enabled: isEnabled ? (1 as const) : (0 as const),
  };
}

/** The columns that a change sets, and what the audit log says about them. */
function changedColumns(before: MaintenanceWindowRow, change: MaintenanceWindowChange, now: number) {
  const { name, note, scope, schedule, isEnabled } = change;
  const shown = toMaintenanceWindow(before, now);
  return {
    items: changesOf(shown, change),
    ...(name !== undefined && { name }),
    ...(note !== undefined && { note }),
    ...(scope && scopeColumns(scope)),
    // What was ended early stays ended, unless it is given another time.
    ...(schedule && { schedule: JSON.stringify(storedSchedule(schedule, now)), skipped_until: 0 }),
    ...(isEnabled !== undefined && { is_enabled: isEnabled ? (1 as const) : (0 as const) }),
  };
}

function storedSchedule(schedule: MaintenanceSchedule, now: number) {
  const stored = toStoredSchedule(schedule, now);
  if (stored.kind !== "once") return stored;
  const endsAt = stored.startsAt + stored.minutes * 60_000;
  if (endsAt > now && stored.startsAt <= now + MAX_AHEAD_MS) return stored;
  throw new MusterError("bad-request", "The maintenance window would never open.", {
    details: [{ path: "schedule.startsAt", message: "must end in the future and start within a year" }],
  });
}

async function assertWithinNumber(tx: Transaction<Tables>, orgId: string): Promise<void> {
  if ((await readWindows(tx, wholeOrganization(orgId))).length <= MAX_MAINTENANCE_WINDOWS) return;
  throw new MusterError(
    "conflict",
    `The organization has ${MAX_MAINTENANCE_WINDOWS} maintenance windows. Delete one before you create another.`,
  );
}

function calendarRange({ from, to }: MaintenanceCalendarQuery): { from: number; to: number } {
  const range = { from: Date.parse(from), to: Date.parse(to) };
  const lengthMs = range.to - range.from;
  if (lengthMs > 0 && lengthMs <= MAX_CALENDAR_MS) return range;
  throw new MusterError("bad-request", "The time of the calendar is out of range.", {
    details: [{ path: "to", message: "must be after from, by 92 days at most" }],
  });
}

function entryOf(row: MaintenanceWindowRow, action: AuditAction, by: ChangedBy) {
  return {
    orgId: row.org_id,
    ...by,
    action,
    subject: { type: "maintenance-window", id: row.id, name: row.name },
    customerId: row.customer_id,
  };
}

function editInfoOf({ version, updated_at, updated_by }: MaintenanceWindowRow) {
  return { version, updatedAt: toInstant(updated_at), updatedBy: updated_by };
}

async function requireDevice({ read }: Store, tenant: Tenant, deviceId: string) {
  const device = await findCoveredDevice(read, tenant, deviceId);
  if (!device) throw new MusterError("not-found", "There is no such device.");
  return device;
}

function notFoundError(): MusterError {
  return new MusterError("not-found", "There is no such maintenance window.");
}
