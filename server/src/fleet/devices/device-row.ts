import type { DeviceDetail, DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { DeviceServices } from "@muster/shared/contracts/service.ts";
import { attentionOf } from "@muster/shared/health/attention.ts";
import { healthOf } from "@muster/shared/health/score.ts";
import { toEditInfo } from "../../platform/edit-version.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { DeviceStateTable, DevicesTable } from "../fleet.tables.ts";
import { readFacts } from "../ingest/device-facts.ts";
import { LATE_AFTER_INTERVALS } from "../presence/connection.ts";
import {
  attentionInputOf,
  type DeviceStatusFacts,
  isInMaintenance,
  maintenanceEndOf,
} from "../presence/device-status.ts";
import { excludedBy, monitoredOf, toExcludedMounts } from "./excluded-mounts.ts";
import { readTags } from "./listing.ts";

/** Columns of `devices` for a row of the fleet page. */
export const SUMMARY_DEVICE_COLUMNS = [
  "id",
  "hostname",
  "label",
  "os_family",
  "os_name",
  "class_guess",
  "class_chosen",
  "customer_id",
  "customer",
  "tags",
  "connection",
  "connection_since",
  "last_word",
  "is_paused",
  "paused_until",
  "maintenance_until",
  "window_until",
  "shown",
  "is_absent",
  "approved_at",
  "clone_suspected_at",
  "user_name",
  "reboot_required",
  "facts",
  "excluded_mounts",
  "address",
  "serial",
  "agent_version",
  "archived_at",
] as const satisfies readonly (keyof DevicesTable)[];

/** Columns of `device_state` for a row of the fleet page. */
export const SUMMARY_STATE_COLUMNS = [
  "sampled_at",
  "interval_s",
  "cpu",
  "memory",
  "disk",
  "disk_free",
  "score",
  "held_level",
  "idle_since",
  "last_received_at",
] as const satisfies readonly (keyof DeviceStateTable)[];

export type SummaryRow = Pick<DevicesTable, (typeof SUMMARY_DEVICE_COLUMNS)[number]> &
  Pick<DeviceStateTable, (typeof SUMMARY_STATE_COLUMNS)[number]>;

/** Everything of one device; `inventory` and `services` are JSON. */
export type DetailRow = Omit<DevicesTable, "device_no"> &
  Omit<DeviceStateTable, "device_no"> & {
    device_no: number;
    inventory: string | null;
    inventory_at: number | null;
    services: string | null;
    services_at: number | null;
  };

/** A device without its inventory and its services. */
export type DeviceRow = Omit<DetailRow, "inventory" | "inventory_at" | "services" | "services_at">;

/** A row of the fleet page at the wall time `now`. */
export function toSummary(row: SummaryRow, now: number): DeviceSummary {
  const isPaused = row.is_paused === 1 && (row.paused_until === null || row.paused_until > now);
  return {
    id: row.id,
    name: nameOf(row),
    hostname: row.hostname,
    osFamily: row.os_family,
    osName: row.os_name,
    class: row.class_chosen ?? row.class_guess,
    customer: row.customer,
    customerId: row.customer_id,
    tags: readTags(row.tags),
    presence: {
      shown: row.shown,
      connection: row.connection,
      since: toInstant(row.connection_since),
      lastWord: row.last_word,
      paused: isPaused ? { until: toNullableInstant(row.paused_until) } : null,
      maintenanceUntil: isInMaintenance(maintenanceEndOf(row), now)
        ? toNullableInstant(maintenanceEndOf(row))
        : null,
      isAbsent: row.is_absent === 1,
    },
    health: healthOf({
      cpu: row.cpu ?? undefined,
      memory: row.memory ?? undefined,
      disk: row.disk ?? undefined,
    }),
    attention: attentionOf(attentionInputOf(statusFactsOf(row), row.is_absent === 1)),
    metrics: metricsOf(row),
    metricsAt: toNullableInstant(metricsAt(row)),
    areMetricsStale: areMetricsStale(row, now),
    user: row.user_name || null,
    isUserKnown: row.user_name !== null,
    idleSince: toNullableInstant(row.idle_since),
    rebootRequired: row.reboot_required === 1,
    address: row.address,
    serial: row.serial,
    agentVersion: row.agent_version,
    lastReportAt: toNullableInstant(row.last_received_at),
    archivedAt: toNullableInstant(row.archived_at),
  };
}

/** What the rows of other tables tell about a device. */
export type DetailExtras = Pick<DeviceDetail, "clone" | "unobservedS" | "dependencies" | "dependents">;
const NO_EXTRAS: DetailExtras = { clone: null, unobservedS: 0, dependencies: [], dependents: [] };

/** Everything about a device at the wall time `now`. */
export function toDetail(row: DetailRow, now: number, extras: DetailExtras = NO_EXTRAS): DeviceDetail {
  const { diskMount, hungFileSystems, skipped, faults, classReason, ignored } = readFacts(row.facts);
  const excluded = excludedBy(row.excluded_mounts);
  return {
    ...toSummary(row, now),
    label: row.label,
    notes: row.notes,
    classSource: row.class_chosen === null ? "guessed" : "chosen",
    enrolledAt: toInstant(row.enrolled_at),
    bootedAt: toNullableInstant(row.booted_at),
    intervalS: row.interval_s,
    clockOffsetMs: row.clock_offset_ms,
    diskMount,
    hungFileSystems: hungFileSystems.filter((mount) => !excluded.includes(mount)),
    skipped,
    excludedMounts: toExcludedMounts(row),
    faults: faults.filter(({ subject }) => !excluded.includes(subject)),
    classReason,
    ignoredFields: ignored,
    isApproved: row.approved_at !== null,
    isCloneSuspected: row.clone_suspected_at !== null,
    dependsOn: row.depends_on,
    ...extras,
    origin:
      row.origin === "muster"
        ? null
        : { system: row.origin, machineId: row.machine_id, trust: "unsigned, shared key" },
    inventory: row.inventory === null ? null : readInventory(row.inventory),
    inventoryAt: toNullableInstant(row.inventory_at),
    services: row.services === null ? null : readServices(row.services),
    servicesAt: toNullableInstant(row.services_at),
    ...toEditInfo(row),
  };
}

/** Reads the column `body`, which ingest wrote after it had parsed it. */
function readInventory(body: string): Inventory {
  const inventory: Inventory = JSON.parse(body);
  return inventory;
}

/** Reads the column `body` of `device_services`, which ingest wrote after it had parsed it. */
function readServices(body: string): DeviceServices {
  const services: DeviceServices = JSON.parse(body);
  return services;
}

/** The display name of a device: its label, otherwise the host name. */
export function nameOf({ label, hostname }: Pick<DevicesTable, "label" | "hostname">): string {
  return label ?? hostname;
}

/** The facts from which the status of a device is computed. */
export function statusFactsOf(
  row: Pick<
    SummaryRow,
    | "connection"
    | "last_word"
    | "maintenance_until"
    | "window_until"
    | "approved_at"
    | "clone_suspected_at"
    | "class_chosen"
    | "class_guess"
    | "held_level"
    | "score"
    | "disk"
    | "disk_free"
    | "facts"
    | "excluded_mounts"
  >,
): DeviceStatusFacts {
  return {
    connection: row.connection,
    lastWord: row.last_word,
    maintenanceUntil: maintenanceEndOf(row),
    isApproved: row.approved_at !== null,
    isCloneSuspected: row.clone_suspected_at !== null,
    deviceClass: row.class_chosen ?? row.class_guess,
    heldLevel: row.held_level,
    score: row.score,
    ...monitoredOf(row),
  };
}

/** A device that reported before the time of its metrics was stored has that of its report. */
function metricsAt({ sampled_at, last_received_at }: SummaryRow): number | null {
  return sampled_at ?? last_received_at;
}

/** Metrics are current for as long as a device is not late by its own interval. */
function areMetricsStale(row: SummaryRow, now: number): boolean {
  const at = metricsAt(row);
  return at !== null && now - at > row.interval_s * 1000 * LATE_AFTER_INTERVALS;
}

function metricsOf({ cpu, memory, disk, disk_free }: SummaryRow): DeviceSummary["metrics"] {
  const metrics: DeviceSummary["metrics"] = {};
  if (cpu !== null) metrics.cpu = cpu;
  if (memory !== null) metrics.memory = memory;
  if (disk !== null) metrics.disk = disk;
  if (disk_free !== null) metrics.diskFree = disk_free;
  return metrics;
}
