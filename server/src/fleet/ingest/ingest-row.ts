import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import type { DeviceStateTable, DevicesTable } from "../fleet.tables.ts";

/** Columns of `device_state` that a report writes, in the order in which they are bound. */
export const STATE_COLUMNS = [
  "live_epoch",
  "live_sequence",
  "live_digest",
  "backfill_epoch",
  "backfill_sequence",
  "backfill_digest",
  "last_seen_at",
  "last_received_at",
  "interval_s",
  "clock_offset_ms",
  "boot_id",
  "previous_boots",
  "boot_changed_at",
  "cpu",
  "memory",
  "disk",
  "disk_free",
  "status",
  "score",
  "held_level",
  "warn_differs_since",
  "critical_differs_since",
  "idle_since",
] as const satisfies readonly (keyof DeviceStateTable)[];

/** Columns of `devices` that `applyReport` needs. */
export const DEVICE_COLUMNS = [
  "id",
  "class_guess",
  "class_chosen",
  "inventory_hash",
  "user_name",
  "reboot_required",
  "facts",
  "maintenance_until",
  "approved_at",
  "archived_at",
  "clone_suspected_at",
  "connection",
  "last_word",
  "is_paused",
  "paused_until",
  "shown",
  "is_absent",
  "attention_rank",
] as const satisfies readonly (keyof DevicesTable)[];

export type StateColumns = Pick<DeviceStateTable, (typeof STATE_COLUMNS)[number]>;
export type DeviceColumns = Pick<DevicesTable, (typeof DEVICE_COLUMNS)[number]>;

/** A device as ingest reads it, state and status in one row. */
export type IngestRow = StateColumns &
  DeviceColumns &
  Pick<DeviceStateTable, "device_no" | "version" | "journal_head">;

/** Columns of `devices` that a report may change, `device_no` and the listing aside. */
export type DeviceChanges = Partial<Omit<DevicesTable, "device_no" | "id" | "org_id">>;

/** A report with the circumstances of its arrival. */
export type ReceivedReport = {
  orgId: string;
  deviceId: string;
  credentialId: string;
  report: Report;
  /** Of the content: the same for a report that is sent again. */
  digest: string;
  /** Device clock when this attempt was sent. */
  sentAt: number;
  /** Server's wall time. */
  receivedAt: number;
  /** Report interval of the organization. */
  reportIntervalS: number;
  /** The original report of a legacy system, as JSON: kept beside the parsed metrics. */
  legacyBody?: string | undefined;
};

/** What is to be written for a report. */
export type StoredReport = {
  kind: "stored";
  state: StateColumns;
  /** With corrected times, oldest first. */
  samples: readonly Sample[];
  refusedSamples: number;
  /** Null when the row of `devices` stays as it is. */
  device: DeviceChanges | null;
  /** True when search and order have to be computed again. */
  changesListing: boolean;
  inventory: { hash: string; body: Inventory } | null;
  wantsInventory: boolean;
};

/**
 * The outcome of a report. `not-found` is a device that was purged, `revoked` a credential that was revoked in the meantime, `failed` a report
 * that cannot be stored even on its own.
 */
export type IngestOutcome =
  | { kind: "stored"; refusedSamples: number; wantsInventory: boolean }
  | { kind: "repeated" | "conflict" | "archived" | "not-found" | "revoked" }
  | { kind: "failed"; error: unknown };

export type AppliedReport = StoredReport | { kind: "repeated" | "conflict" | "archived" };
