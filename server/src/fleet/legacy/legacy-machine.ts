import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { NewDevice } from "../devices/device.repository.ts";
import { NO_FACTS } from "../ingest/device-facts.ts";
import { standingOf } from "../presence/device-status.ts";

/** A machine of an older system, by the name that it gives itself. */
export type OlderMachine = { system: LegacySystem; machineId: string };

/** What an older agent's report comes to. A sign of life has no figures. */
export type OlderReport = {
  figures: Pick<Sample, "cpu" | "memory" | "disk" | "diskFree"> | null;
  osFamily?: OsFamily | undefined;
  osName?: string | undefined;
  /** How long the machine has been running. */
  uptimeS?: number | undefined;
  /** In its own words, kept for the system's own pages; undefined leaves what is kept. */
  body?: Readonly<Record<string, unknown>> | undefined;
};

/** Silence of an older agent counts as that of a server: after 24 hours it has expired, as DashFleet's did. */
const CLASS = "server";

/** A device as it is before its first report. It needs no approval: whoever made the key for its kind gave it. */
export function newOlderDevice(
  { system, machineId }: OlderMachine,
  report: OlderReport,
  given: { id: string; orgId: string; now: number },
): NewDevice {
  const { id, orgId, now } = given;
  const standing = standingOf(
    {
      connection: "waiting",
      lastWord: null,
      maintenanceUntil: null,
      isApproved: true,
      isCloneSuspected: false,
      deviceClass: CLASS,
      heldLevel: 0,
      score: null,
      disk: null,
      diskFree: null,
    },
    now,
  );
  return {
    id,
    org_id: orgId,
    machine_id: machineId,
    origin: system,
    hypervisor_uuid: null,
    has_twin: 0,
    hostname: machineId,
    os_family: report.osFamily ?? "other",
    os_name: report.osName ?? null,
    class_guess: CLASS,
    serial: null,
    address: null,
    addresses: "",
    agent_version: null,
    booted_at: null,
    inventory_hash: null,
    user_name: null,
    reboot_required: 0,
    facts: JSON.stringify(NO_FACTS),
    label: null,
    customer: null,
    notes: "",
    class_chosen: null,
    tags: "[]",
    maintenance_until: null,
    enrolled_at: now,
    approved_at: now,
    archived_at: null,
    clone_suspected_at: null,
    connection: "waiting",
    connection_since: now,
    last_word: null,
    is_paused: 0,
    paused_until: null,
    shown: standing.shown,
    is_absent: standing.isAbsent ? 1 : 0,
    attention_rank: standing.attentionRank,
  };
}
