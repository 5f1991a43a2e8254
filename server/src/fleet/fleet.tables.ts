import type { AvailabilityState } from "@muster/shared/contracts/availability.ts";
import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";
import type { DeviceClass, OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { LastWord } from "@muster/shared/contracts/report.ts";
import type { HealthStatus } from "@muster/shared/health/score.ts";
import type { Generated } from "kysely";
import type { EditColumns } from "../platform/edit-version.ts";

/**
 * A device: its properties, what users entered, and its status. Written only when one of these changes, not by an ordinary report, so
 * that its indexes do not slow down ingest. Times are epoch milliseconds.
 */
export type DevicesTable = {
  /** Short number under which history and state know the device. Never used twice, not even after a purge. */
  device_no: Generated<number>;
  id: string;
  org_id: string;

  machine_id: string;
  /** "muster" for a device with its own agent and credential, otherwise the legacy system of its agent. */
  origin: LegacySystem | "muster";
  hypervisor_uuid: string | null;
  /** Another device of the organization claims the same machine id. */
  has_clone: 0 | 1;
  hostname: string;
  os_family: OsFamily;
  os_name: string | null;
  class_guess: DeviceClass;
  serial: string | null;
  /** The one that is shown; `addresses` has all of them, one a line. */
  address: string | null;
  addresses: string;
  model: string | null;
  /** Hardware addresses of the network interfaces, one in a line. */
  macs: string;
  agent_version: string | null;
  booted_at: number | null;
  inventory_hash: string | null;
  /** Empty if nobody is logged in, null if unknown. */
  user_name: string | null;
  reboot_required: 0 | 1;
  /** Where its last report came from: a public IPv4 address, or the /64 of a public IPv6 one; null for no public address. */
  public_network: string | null;
  /** JSON of `StoredFacts`. */
  facts: string;
  /** JSON array of `StoredExclusion`: the file systems that members excluded. */
  excluded_mounts: string;

  label: string | null;
  customer_id: string | null;
  /** Copy of the customer's name, for lists and searches. */
  customer: string | null;
  notes: string;
  class_chosen: DeviceClass | null;
  /** JSON array; `device_tags` has the same for filters. */
  tags: string;
  maintenance_until: number | null;
  /** End of the newest maintenance window that covered it; null when none did. */
  window_until: number | null;
  /** Id of the device that it depends on, as members entered it. */
  depends_on: string | null;

  /** Folded name in natural order. */
  name_sort: string;
  /** Folded customer; behind every name when there is none. */
  customer_sort: string;
  /** The text that a search looks through, folded. */
  search_text: string;

  enrolled_at: number;
  /** The token that it enrolled with; null for a legacy machine, and for a device from before this was stored. */
  enrolment_token_id: string | null;
  approved_at: number | null;
  archived_at: number | null;
  clone_suspected_at: number | null;

  connection: Connection;
  connection_since: number;
  last_word: LastWord | null;
  is_paused: 0 | 1;
  paused_until: number | null;
  shown: ShownPresence;
  is_absent: 0 | 1;
  /** `attentionRank`: the most urgent device has the lowest. */
  attention_rank: number;
} & EditColumns;

/** The columns that every report rewrites: one narrow row per device with no index but its key. */
export type DeviceStateTable = {
  device_no: number;
  org_id: string;
  /** Counts writes of this row; a writer that read another one has to look again. */
  version: number;

  live_epoch: string | null;
  live_sequence: number | null;
  live_digest: string | null;
  backfill_epoch: string | null;
  backfill_sequence: number | null;
  backfill_digest: string | null;
  /** The epochs of the numbering, newest first, each with the time at which it began; see `EpochHistory`. */
  epochs: string | null;
  /** Wall time at which a report was answered "behind"; null once one is stored again. */
  behind_at: number | null;
  /** Newest row of the device in the journal. */
  journal_head: number | null;

  /** Observed time of the newest live report. */
  last_seen_at: number | null;
  /** Wall time of the same. */
  last_received_at: number | null;
  interval_s: number;
  /** Device clock minus server clock. */
  clock_offset_ms: number | null;
  /** A smaller offset that one report measured and the next one has to confirm. */
  clock_step_ms: number | null;
  boot_id: string | null;
  /** Several, newest first, each with the time at which it ended; see `BootHistory`. */
  previous_boots: string | null;
  boot_changed_at: number | null;

  /** When the metrics below were measured, by the server's clock. */
  sampled_at: number | null;
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  disk_free: number | null;
  status: HealthStatus;
  /** The newest known score, whatever the status is now. */
  score: number | null;
  /** Status that held long enough to count: 0 ok, 1 warn, 2 critical. */
  held_level: 0 | 1 | 2;
  /** Observed time since which the status differs from `held_level`, for the levels warn and critical. */
  warn_differs_since: number | null;
  critical_differs_since: number | null;
  idle_since: number | null;
  /** What the watch of the reports keeps about the device; null for nothing. */
  watch_state: string | null;
};

/** What happened to devices and was not looked at yet by those who watch them: see `NewSignal`. */
export type DeviceSignalsTable = {
  id: Generated<number>;
  org_id: string;
  device_no: number;
  device_id: string;
  kind: "changed" | "left" | "removed" | "watched";
  /** Wall time. */
  at: number;
  body: string | null;
};

export type CustomersTable = {
  id: string;
  org_id: string;
  name: string;
  /** `nameKeyOf` of the name: unique in the organization. */
  name_key: string;
  /** Folded name in natural order. */
  name_sort: string;
  company: string | null;
  /** In lower case; unique in the organization. */
  email: string | null;
  /** JSON array of the contract's `Contact`. */
  contacts: string;
  notes: string;
  /** The text that a search looks through: `nameKeyOf` of name, company, e-mail address and contacts. */
  search_text: string;
  archived_at: number | null;
  version: number;
  created_at: number;
  updated_at: number;
  updated_by: string | null;
};

/** A view of the fleet page that a member saved. */
export type SavedViewsTable = {
  id: string;
  org_id: string;
  /** The user who saved it; a shared view stays when the user leaves. */
  owner_id: string;
  /** The owner while the view is not shared, otherwise null. It goes with the membership. */
  private_to: string | null;
  /** Copy of the name at the owner's last change. */
  owner_name: string;
  name: string;
  /** `nameKeyOf` of the name: unique for the owner. */
  name_key: string;
  /** JSON of the contract's `ViewDefinition`. */
  definition: string;
  version: number;
  created_at: number;
  updated_at: number;
};

/** The view that a member begins with. */
export type DefaultViewsTable = { org_id: string; user_id: string; view_id: string };

export type DeviceTagsTable = { org_id: string; tag: string; device_no: number };

export type DeviceInventoryTable = {
  device_no: number;
  org_id: string;
  hash: string;
  received_at: number;
  /** JSON of the contract's `Inventory`. */
  body: string;
};

/** The services of a device, as its agent last reported them. */
export type DeviceServicesTable = {
  device_no: number;
  org_id: string;
  changed_at: number;
  /** JSON of the contract's `DeviceServices`. */
  body: string;
};

/** The last original report of a legacy machine. */
export type LegacyReportsTable = {
  device_no: number;
  org_id: string;
  /** JSON object. */
  body: string;
};

/** One row: for how long, in total, at least one server was running. */
export type PresenceClockTable = {
  id: number;
  observed_ms: number;
  /** Wall time of the newest tick; null before the first one. */
  ticked_at: number | null;
};

/** Times, by the wall clock, at which no server ran. */
export type ServerGapsTable = { started_at: number; ended_at: number };

/**
 * A time in which a device had one state of availability, by the wall clock; `ended_at` is null for the present one. As the other tables of
 * availability it has no organization: decision 0039.
 */
export type PresenceIntervalsTable = {
  device_no: number;
  started_at: number;
  ended_at: number | null;
  state: AvailabilityState;
  /** What the device was shown as when it began; null for up. */
  reason: ShownPresence | null;
};

/** The finished days of a device in a month, in UTC; see `MonthDays`. */
export type AvailabilityMonthsTable = { device_no: number; month: number; days: Uint8Array };

/** How far the days of a device are finished: those before `next_day`, in days since the epoch. Later ones that are stored do not count. */
export type AvailabilityMarksTable = { device_no: number; recorded_since: number; next_day: number };

/** Suspected outages, of a site or of a whole organization. */
export type PresenceHoldsTable = {
  org_id: string;
  /** `siteKeyOf` the site; empty for the whole organization. */
  site: string;
  customer_id: string | null;
  network: string | null;
  /** How many devices were missing when it was detected. */
  devices: number;
  /** Wall time. */
  since: number;
  /** Observed time from which on missed reports are attributed to the outage. */
  missed_from: number;
  /** Observed time at which it was detected. */
  detected_at: number;
  /** Observed time since when most of the devices report again; null before. */
  returning_since: number | null;
};

/** Recent report rate of each organization on each server. */
export type ReportRatesTable = { org_id: string; server_id: string; at: number; per_second: number };

declare module "../platform/database/tables.ts" {
  interface Tables {
    devices: DevicesTable;
    device_state: DeviceStateTable;
    device_signals: DeviceSignalsTable;
    customers: CustomersTable;
    saved_views: SavedViewsTable;
    default_views: DefaultViewsTable;
    device_tags: DeviceTagsTable;
    device_inventory: DeviceInventoryTable;
    device_services: DeviceServicesTable;
    legacy_reports: LegacyReportsTable;
    presence_clock: PresenceClockTable;
    presence_holds: PresenceHoldsTable;
    server_gaps: ServerGapsTable;
    presence_intervals: PresenceIntervalsTable;
    availability_months: AvailabilityMonthsTable;
    availability_marks: AvailabilityMarksTable;
    report_rates: ReportRatesTable;
  }
}
