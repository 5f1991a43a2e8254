import type { EpochChange } from "@muster/shared/contracts/epoch.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { DeviceServices } from "@muster/shared/contracts/service.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { excludedBy } from "../devices/excluded-mounts.ts";
import type { AvailabilityChange } from "../availability/availability-state.ts";
import type { DeviceStateTable, DevicesTable } from "../fleet.tables.ts";
import type { InstanceNumbers } from "../history/labelled-value.ts";
import type { NewSignal } from "../watch/device-signals.repository.ts";
import type { NamedNumbering } from "./numbering-nonce.ts";

/** Columns of `device_state` that a report writes, in the order in which they are bound. */
export const STATE_COLUMNS = [
  "live_epoch",
  "live_sequence",
  "live_digest",
  "backfill_epoch",
  "backfill_sequence",
  "backfill_digest",
  "epochs",
  "behind_at",
  "last_seen_at",
  "last_received_at",
  "interval_s",
  "clock_offset_ms",
  "clock_step_ms",
  "boot_id",
  "previous_boots",
  "boot_changed_at",
  "sampled_at",
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
  "watch_state",
] as const satisfies readonly (keyof DeviceStateTable)[];

/** Columns of `devices` that `applyReport` needs. */
export const DEVICE_COLUMNS = [
  "id",
  "class_guess",
  "class_chosen",
  "os_family",
  "os_name",
  "inventory_hash",
  "user_name",
  "reboot_required",
  "public_network",
  "facts",
  "excluded_mounts",
  "maintenance_until",
  "window_until",
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
  "customer_id",
  "customer",
  "tags",
  "agent_version",
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
  /** False for a report of a legacy system: it has no number, and is never sent again. */
  isNumbered: boolean;
  /** A signed change of the epoch, verified. */
  change?: EpochChange | undefined;
  /** Fields that were left out, as dotted paths. */
  ignored: readonly string[];
  /** Device clock when this attempt was sent. */
  sentAt: number;
  /** True when the device says that it sent the same bytes before. */
  isResent: boolean;
  /** Server's wall time. */
  receivedAt: number;
  /** Where it came from, as in `devices.public_network`. */
  network: string | null;
  /** Report interval of the organization. */
  reportIntervalS: number;
  /** The numbers under which the labelled series are stored; absent when there are none. */
  instances?: InstanceNumbers | undefined;
  /** The original report of a legacy system, as JSON: kept beside the parsed metrics. */
  legacyBody?: string | undefined;
};

/** The interval in force when the samples of a report were taken; unknown for backfill. */
export function intervalOf({ report: { lane, intervalS } }: ReceivedReport): number | undefined {
  return lane === "live" ? intervalS : undefined;
}

/** What is to be written for a report. */
export type StoredReport = {
  kind: "stored";
  state: StateColumns;
  /** With corrected times, oldest first. */
  samples: readonly Sample[];
  refusedSamples: number;
  /** Null when the row of `devices` stays as it is. */
  device: DeviceChanges | null;
  /** Null when the device is as available as before. */
  availability: AvailabilityChange | null;
  /** True when search and order have to be computed again. */
  changesListing: boolean;
  inventory: { hash: string; body: Inventory } | null;
  /** Null when the report has none. */
  services: DeviceServices | null;
  wantsInventory: boolean;
  /** Why this report raised the suspicion of a clone; null when it did not. */
  suspicion: CloneSuspicion | null;
  /** The ignored fields of the device, when they changed. */
  newlyIgnored: readonly string[] | null;
  /** For those who watch devices. */
  signals: readonly NewSignal[];
};

/** What shows that several machines use one credential. */
export type CloneSuspicion = "boots" | "epochs";

/** A report that is not stored. `state` is what it changes all the same, null for nothing. */
export type UnstoredReport = {
  kind: "repeated" | "conflict" | "archived" | "behind";
  state: StateColumns | null;
  /** With "behind": where the numbering of the lane stands. */
  numbering?: NamedNumbering;
};

/**
 * The outcome of a report. `not-found` is a device that was purged, `revoked` a credential that was revoked in the meantime, `failed` a report
 * that cannot be stored even on its own.
 */
export type IngestOutcome =
  | {
      kind: "stored";
      refusedSamples: number;
      wantsInventory: boolean;
      newlyIgnored: readonly string[] | null;
      excludedMounts: readonly string[];
    }
  /** `excludedMounts`: by members, for the policy of the device's agent. */
  | { kind: "repeated"; excludedMounts: readonly string[] }
  | { kind: "conflict" | "archived" | "not-found" | "revoked" }
  | { kind: "behind"; numbering: NamedNumbering }
  | { kind: "failed"; error: unknown };

export type AppliedReport = StoredReport | UnstoredReport;

/** The outcome of a report that was applied, once what it changes is written. */
export function outcomeOf(applied: AppliedReport, row: Pick<IngestRow, "excluded_mounts">): IngestOutcome {
  const excludedMounts = excludedBy(row.excluded_mounts);
  if (applied.kind === "stored") {
    const { refusedSamples, wantsInventory, newlyIgnored } = applied;
    return { kind: "stored", refusedSamples, wantsInventory, newlyIgnored, excludedMounts };
  }
  const { kind, numbering = { epoch: "", sequence: 0 } } = applied;
  if (kind === "repeated") return { kind, excludedMounts };
  return kind === "behind" ? { kind, numbering } : { kind };
}
