import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { DeviceEditFailure } from "@muster/shared/contracts/device-edit.ts";
import { MAX_TAGS_PER_DEVICE } from "@muster/shared/device-limits.ts";
import { changesOf } from "../../identity/index.ts";
import { toNullableInstant } from "../../platform/instant.ts";
import type { DependencyNames } from "../devices/change-dependency.ts";
import type { DeviceArchiving } from "../devices/device-archiving.ts";
import type { DeviceRow } from "../devices/device-row.ts";
import { readTags } from "../devices/listing.ts";
import type { PlannedChange } from "../devices/write-device-changes.ts";

/** What an edit changes; a column that is left out stays as it is. */
export type StoredChange = {
  addTags?: string[];
  removeTags?: string[];
  customerId?: string | null;
  class?: DeviceRow["class_chosen"];
  dependsOn?: string | null;
  maintenanceUntil?: number | null;
  /** A time archives, null restores. */
  archivedAt?: number | null;
};

/** Columns of a device that an edit can change. */
export type EditedColumns = Partial<
  Pick<
    DeviceRow,
    "tags" | "customer_id" | "class_chosen" | "depends_on" | "maintenance_until" | "archived_at"
  >
>;

export type EditContext = {
  archiving: DeviceArchiving;
  offlineAfterS: number;
  /** The customers that are still there, by id. */
  customers: ReadonlyMap<string, CustomerRef>;
  /** What the audit log says of new dependencies, by the id of the device that gets one; one that is refused is left out. */
  dependencies: ReadonlyMap<string, DependencyNames>;
};

export type PlannedEdit =
  | { kind: "change"; planned: PlannedChange; former: EditedColumns; written: EditedColumns }
  | { kind: "unchanged" }
  | { kind: "refused"; reason: DeviceEditFailure };

/** What an edit does to one device. */
export function planEdit(row: DeviceRow, change: StoredChange, context: EditContext): PlannedEdit {
  const tags = tagsAfter(readTags(row.tags), change);
  if (tags === null) return { kind: "refused", reason: "too-many-tags" };
  const wanted: EditedColumns = { tags: JSON.stringify(tags) };
  if (change.customerId !== undefined) wanted.customer_id = change.customerId;
  if (change.class !== undefined) wanted.class_chosen = change.class;
  if (change.dependsOn !== undefined) wanted.depends_on = change.dependsOn;
  if (change.maintenanceUntil !== undefined) wanted.maintenance_until = change.maintenanceUntil;
  if (change.archivedAt !== undefined) wanted.archived_at = change.archivedAt;
  return planColumns(row, wanted, context);
}

/** Gives a device its former values back, unless one of them was changed since the edit. */
export function planUndo(
  row: DeviceRow,
  { former, written }: { former: EditedColumns; written: EditedColumns },
  context: EditContext,
): PlannedEdit {
  const isSame = columnsIn(written).every((name) => row[name] === written[name]);
  return isSame ? planColumns(row, former, context) : { kind: "refused", reason: "changed-since" };
}

function planColumns(row: DeviceRow, wanted: EditedColumns, context: EditContext): PlannedEdit {
  const { archiving, offlineAfterS, customers, dependencies } = context;
  const isArchived = row.archived_at !== null;
  const differing = columnsIn(wanted).filter((name) =>
    // The time of an archiving that is there already stays.
    name === "archived_at" ? (wanted.archived_at !== null) !== isArchived : row[name] !== wanted[name],
  );
  if (differing.length === 0) return { kind: "unchanged" };
  const written = pick(wanted, differing);
  const former = pick(row, differing);
  const archiveAt = written.archived_at;
  if (archiveAt !== undefined) {
    const planned =
      archiveAt === null ? archiving.restore(row, offlineAfterS) : archiving.archive(row, archiveAt);
    return planned ? { kind: "change", planned, former, written } : { kind: "unchanged" };
  }
  const columns: PlannedChange["columns"] = { ...written };
  if (written.customer_id !== undefined) {
    const customer = written.customer_id === null ? null : customers.get(written.customer_id);
    if (customer === undefined) return { kind: "refused", reason: "customer-gone" };
    columns.customer = customer?.name ?? null;
  }
  const changes: Record<string, unknown> = changesOf(factsOf(row), factsOf({ ...row, ...columns }));
  if (written.depends_on !== undefined) {
    const names = dependencies.get(row.id);
    if (!names) return { kind: "refused", reason: "dependency-refused" };
    changes["dependsOn"] = names;
  }
  return {
    kind: "change",
    planned: { columns, action: "device.changed", details: { changes } },
    former,
    written,
  };
}

/** The tags of a device after an edit, null when they would be more than a device may have. */
function tagsAfter(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: StoredChange,
): readonly string[] | null {
  const after = new Set([...tags, ...addTags]);
  for (const tag of removeTags) after.delete(tag);
  return after.size > MAX_TAGS_PER_DEVICE && after.size > tags.length ? null : [...after];
}

/** What the audit log compares. */
function factsOf(row: Pick<DeviceRow, "tags" | "customer" | "class_chosen" | "maintenance_until">) {
  return {
    tags: readTags(row.tags),
    customer: row.customer,
    class: row.class_chosen,
    maintenanceUntil: toNullableInstant(row.maintenance_until),
  };
}

const EDITED = [
  "tags",
  "customer_id",
  "class_chosen",
  "depends_on",
  "maintenance_until",
  "archived_at",
] as const;

function columnsIn(columns: EditedColumns): (typeof EDITED)[number][] {
  return EDITED.filter((name) => columns[name] !== undefined);
}

function pick(from: EditedColumns, names: readonly (keyof EditedColumns)[]): EditedColumns {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
