import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { z } from "zod";
import type { LegacyReport } from "../../fleet/index.ts";
import { dict, fields, float, machineId, string } from "./marshmallow.ts";

const GIB = 1024 ** 3;
const MAX_OS_NAME_LENGTH = 200;

const percent = float(0, 100);
const gib = float(0, 1e9).optional();

/** The metrics in a report of DashFleet's agent. Fields are those of its schema; the ranges are Muster's. */
export const DashfleetMetrics = fields({
  /** Time of the measurement; ignored. */
  timestamp: string(64).optional(),
  /** Busy share of the CPU. */
  cpu_percent: percent,
  /** Used share of the memory. */
  ram_percent: percent,
  /** Used memory in GiB. */
  ram_used_gib: gib,
  /** Memory in GiB. */
  ram_total_gib: gib,
  /** Used share of the disk. */
  disk_percent: percent,
  /** Used bytes of the disk in GiB. */
  disk_used_gib: gib,
  /** Size of the disk in GiB. */
  disk_total_gib: gib,
  /** Seconds since the boot. */
  uptime_seconds: float(0, 1e10).optional(),
  /** The same as text. */
  uptime_hms: string(32).optional(),
  /** Facts of the system, such as `os` and `hostname`. */
  system: dict().optional(),
  /** Health that the agent computed; ignored. */
  health: dict().optional(),
});
export type DashfleetMetrics = z.infer<typeof DashfleetMetrics>;

/** A report of DashFleet's agent. */
export const DashfleetReport = fields({
  /** Name of the machine. */
  machine_id: machineId(),
  /** Its metrics. */
  report: DashfleetMetrics,
});

/** A keepalive of DashFleet's agent. */
export const DashfleetPing = fields({
  /** Name of the machine. */
  machine_id: machineId(),
  /** Id of the hardware; ignored. */
  hardware_id: string(64).optional(),
  /** Epoch seconds of the machine's clock. */
  timestamp: float(0, 8.64e12).optional(),
});

/** The report in Muster's format. The health that the machine reports is stored with the original and never used. */
export function toLegacyReport(report: DashfleetMetrics): LegacyReport {
  const system = textFieldsOf(report.system);
  const { disk_total_gib: total, disk_used_gib: used } = report;
  const free = total === undefined || used === undefined ? -1 : Math.round((total - used) * GIB);
  return {
    metrics: {
      cpu: report.cpu_percent,
      memory: report.ram_percent,
      disk: report.disk_percent,
      ...(free >= 0 && { diskFree: free }),
    },
    osFamily: familyOf(system["os"]),
    osName: osNameOf(system),
    uptimeS: report.uptime_seconds,
    body: report,
  };
}

/** The text fields of an object that a machine sent; anything else in it is left out. */
export function textFieldsOf(object: unknown): Record<string, string> {
  if (typeof object !== "object" || object === null) return {};
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function familyOf(os: string | undefined): OsFamily | undefined {
  switch (os?.toLowerCase()) {
    case undefined:
      return undefined;
    case "linux":
      return "linux";
    case "darwin":
    case "macos":
      return "macos";
    case "windows":
      return "windows";
    default:
      return "other";
  }
}

function osNameOf({ os, os_version: version }: Record<string, string>): string | undefined {
  const name = [os, version].filter((part) => part !== undefined && part !== "").join(" ");
  return name === "" ? undefined : name.slice(0, MAX_OS_NAME_LENGTH);
}
