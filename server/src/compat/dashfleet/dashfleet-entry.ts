import { healthOf } from "@muster/shared/health/score.ts";
import { z } from "zod";
import type { LegacyDevice } from "../../fleet/index.ts";
import { textFieldsOf } from "./dashfleet-report.ts";

const Status = z.enum(["ONLINE", "OFFLINE", "DELETED"]);

/** A machine as DashFleet's pages read it. Times are epoch seconds. */
export const DashfleetEntry = z.object({
  /** Organization, colon, name of the machine. */
  id: z.string(),
  /** Name of the machine. */
  machine_id: z.string(),
  /** Id of the organization. */
  org_id: z.string().optional(),
  /** Time of the last report. */
  ts: z.number(),
  /** The last report, with the health that the server computed. */
  report: z.record(z.string(), z.unknown()),
  /** Status of the machine. */
  status: Status,
  /** True when it does not report. */
  offline: z.boolean(),
  /** Seconds without a report; 0 while it is online. */
  offline_duration: z.number(),
  /** When it was archived; null when it was not. */
  deleted_at: z.number().nullable().optional(),
  /** The customer of the device. */
  client: z.string().nullable().optional(),
  /** Operating system. */
  os: z.string().nullable().optional(),
  /** Processor architecture. */
  architecture: z.string().nullable().optional(),
  /** Version of Python. */
  python_version: z.string().nullable().optional(),
  /** Id of the hardware. */
  hardware_id: z.string().nullable().optional(),
});
export type DashfleetEntry = z.infer<typeof DashfleetEntry>;

/** Machines as DashFleet's pages read them. */
export const DashfleetFleet = z.object({
  /** Number of machines. */
  count: z.number().int(),
  /** Ids of machines that have not reported for more than a day. */
  expired: z.array(z.string()),
  /** The machines. */
  data: z.array(DashfleetEntry),
});

/** DashFleet's status of a machine. */
export function statusOf({ presence, archivedAt }: LegacyDevice["summary"]): z.infer<typeof Status> {
  if (archivedAt !== null) return "DELETED";
  return presence.connection === "online" || presence.connection === "late" ? "ONLINE" : "OFFLINE";
}

/** A machine of an organization. */
export function toEntry(
  orgId: string,
  { machineId, summary, body }: LegacyDevice,
  now: number,
): DashfleetEntry {
  const system = textFieldsOf(body?.["system"]);
  const lastSeenAt = Date.parse(summary.lastReportAt ?? summary.presence.since);
  const status = statusOf(summary);
  const isOffline = summary.presence.connection !== "online" && summary.presence.connection !== "late";
  return {
    id: `${orgId}:${machineId}`,
    machine_id: machineId,
    org_id: orgId,
    client: summary.customer,
    ts: lastSeenAt / 1000,
    report: body === null ? {} : { ...body, health: computedHealth(body) },
    status,
    offline: isOffline,
    offline_duration: isOffline ? Math.max(0, (now - lastSeenAt) / 1000) : 0,
    deleted_at: summary.archivedAt === null ? null : Date.parse(summary.archivedAt) / 1000,
    os: system["os"] ?? null,
    architecture: system["architecture"] ?? null,
    python_version: system["python_version"] ?? null,
    hardware_id: system["hardware_id"] ?? null,
  };
}

/** Computed here from the metrics; the health that the machine reported is ignored. */
function computedHealth(body: Record<string, unknown>) {
  const metric = (name: string) => {
    const value = body[name];
    return typeof value === "number" ? value : undefined;
  };
  const health = healthOf({
    cpu: metric("cpu_percent"),
    memory: metric("ram_percent"),
    disk: metric("disk_percent"),
  });
  if (health.status === "unknown") return health;
  const { cpu, memory, disk } = health.components;
  return { score: health.score, status: health.status, components: { cpu, ram: memory, disk } };
}
