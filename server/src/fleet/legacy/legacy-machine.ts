import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { NewDevice } from "../devices/device.repository.ts";
import { NO_FACTS } from "../ingest/device-facts.ts";
import { deviceStatusOf } from "../presence/device-status.ts";

/** A machine of a legacy system, by the name that it reports. */
export type LegacyMachine = { system: LegacySystem; machineId: string };

/** What a legacy agent's report contains. A keepalive has no metrics. */
export type LegacyReport = {
  metrics: Pick<Sample, "cpu" | "memory" | "disk" | "diskFree"> | null;
  osFamily?: OsFamily | undefined;
  osName?: string | undefined;
  /** How long the machine has been running. */
  uptimeS?: number | undefined;
  /** The original report, stored for the pages of the legacy system; undefined keeps the stored one. */
  body?: Readonly<Record<string, unknown>> | undefined;
};

/** Presence of a legacy machine follows the rules of a server: after 24 hours without a report it has expired, as in DashFleet. */
const DEVICE_CLASS = "server";

/** A device before its first report. It needs no approval: creating the key approved it. */
export function newLegacyDevice(
  { system, machineId }: LegacyMachine,
  report: LegacyReport,
  given: { id: string; orgId: string; now: number },
): NewDevice {
  const { id, orgId, now } = given;
  const status = deviceStatusOf(
    {
      connection: "waiting",
      lastWord: null,
      maintenanceUntil: null,
      isApproved: true,
      isCloneSuspected: false,
      deviceClass: DEVICE_CLASS,
      heldLevel: 0,
      score: null,
      disk: null,
      diskFree: null,
      faultFacts: null,
    },
    now,
  );
  return {
    id,
    org_id: orgId,
    machine_id: machineId,
    origin: system,
    hypervisor_uuid: null,
    has_clone: 0,
    hostname: machineId,
    os_family: report.osFamily ?? "other",
    os_name: report.osName ?? null,
    class_guess: DEVICE_CLASS,
    serial: null,
    model: null,
    macs: "",
    address: null,
    addresses: "",
    agent_version: null,
    booted_at: null,
    inventory_hash: null,
    user_name: null,
    reboot_required: 0,
    public_network: null,
    facts: JSON.stringify(NO_FACTS),
    label: null,
    customer_id: null,
    customer: null,
    notes: "",
    class_chosen: null,
    tags: "[]",
    maintenance_until: null,
    window_until: null,
    enrolled_at: now,
    approved_at: now,
    archived_at: null,
    clone_suspected_at: null,
    connection: "waiting",
    connection_since: now,
    last_word: null,
    is_paused: 0,
    paused_until: null,
    shown: status.shown,
    is_absent: status.isAbsent ? 1 : 0,
    attention_rank: status.attentionRank,
  };
}
