import { hash } from "node:crypto";
import type { DeviceFacts, Report } from "@muster/shared/contracts/report.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import { availabilityChange } from "../availability/availability-state.ts";
import { monitoredOf } from "../devices/excluded-mounts.ts";
import { deviceStatusOf, maintenanceEndOf } from "../presence/device-status.ts";
import { toServerTime } from "./device-clock.ts";
import { mergeFacts, mergeIgnored, readFacts } from "./device-facts.ts";
import { boundInventory } from "./inventory-bounds.ts";
import { inventoryColumns } from "./inventory-columns.ts";
import type {
  CloneSuspicion,
  DeviceChanges,
  IngestRow,
  ReceivedReport,
  StateColumns,
  StoredReport,
} from "./ingest-row.ts";

type ReportChanges = Pick<
  StoredReport,
  | "device"
  | "availability"
  | "changesListing"
  | "inventory"
  | "services"
  | "wantsInventory"
  | "suspicion"
  | "newlyIgnored"
>;

/** The columns of `devices` that a live report changes, and its inventory, or whether the server needs it. */
export function changedColumns(
  row: IngestRow,
  state: StateColumns,
  { report, receivedAt, ignored, network }: ReceivedReport,
  suspicion: CloneSuspicion | null,
): ReportChanges {
  const inventory = newInventory(row, report);
  const offset = state.clock_offset_ms ?? 0;
  const changes: DeviceChanges = inventory ? inventoryColumns(inventory, offset) : {};
  const isRaised = suspicion !== null && row.clone_suspected_at === null;
  if (isRaised) changes.clone_suspected_at = receivedAt;

  const known = report.facts ? mergeFacts(row.facts, report.facts) : row.facts;
  const facts = mergeIgnored(known, ignored, report);
  const reported = {
    ...reportedColumns(row, state, report, { receivedAt, offset, changes, facts }),
    public_network: network,
  };
  let isChanged = inventory !== null || changes.clone_suspected_at !== undefined;
  for (const column of keysOf(reported)) {
    if (reported[column] === row[column]) continue;
    Object.assign(changes, { [column]: reported[column] });
    isChanged = true;
  }
  if (changes.connection !== undefined) changes.connection_since = receivedAt;
  return {
    device: isChanged ? changes : null,
    availability: row.connection === "online" ? null : becomesUp(row, receivedAt),
    changesListing: inventory !== null || changes.user_name !== undefined,
    inventory,
    services: report.facts?.services ?? null,
    wantsInventory: inventory === null && isInventoryMissing(row, report),
    suspicion: isRaised ? suspicion : null,
    newlyIgnored: facts === known ? null : readFacts(facts).ignored,
  };
}

/** A device that reports is up once it is approved; whatever else a report changes, it stays so. */
function becomesUp(row: IngestRow, receivedAt: number): StoredReport["availability"] {
  const before = {
    connection: row.connection,
    isAbsent: row.is_absent === 1,
    isApproved: row.approved_at !== null,
    shown: row.shown,
  };
  return availabilityChange(before, { ...before, connection: "online", isAbsent: false }, receivedAt);
}

/** What a backfill report changes about its device: nothing but the fields that were left out, and the suspicion of a clone. */
export function backfillChanges(
  row: IngestRow,
  { report, receivedAt, ignored }: ReceivedReport,
  { isCloneSuspected }: { isCloneSuspected: boolean },
): Pick<StoredReport, "device" | "suspicion" | "newlyIgnored"> {
  const facts = mergeIgnored(row.facts, ignored, report);
  const device: DeviceChanges = {};
  if (facts !== row.facts) device.facts = facts;
  if (isCloneSuspected && row.clone_suspected_at === null) device.clone_suspected_at = receivedAt;
  return {
    device: Object.keys(device).length === 0 ? null : device,
    suspicion: device.clone_suspected_at === undefined ? null : "epochs",
    newlyIgnored: device.facts === undefined ? null : readFacts(facts).ignored,
  };
}

/** Columns of the status and the facts, compared one by one so that an ordinary report writes none of them. */
function reportedColumns(
  row: IngestRow,
  state: StateColumns,
  report: Report,
  given: { receivedAt: number; offset: number; changes: DeviceChanges; facts: string },
) {
  const { receivedAt, offset, changes } = given;
  const lastWord = report.lastWord ?? null;
  const status = deviceStatusOf(
    {
      connection: "online",
      lastWord,
      maintenanceUntil: maintenanceEndOf(row),
      isApproved: row.approved_at !== null,
      isCloneSuspected: (changes.clone_suspected_at ?? row.clone_suspected_at) !== null,
      deviceClass: row.class_chosen ?? changes.class_guess ?? row.class_guess,
      heldLevel: state.held_level,
      score: state.score,
      ...monitoredOf({ ...state, facts: given.facts, excluded_mounts: row.excluded_mounts }),
    },
    receivedAt,
  );
  const { facts, paused } = report;
  return {
    connection: "online" as const,
    last_word: lastWord,
    is_paused: paused ? 1 : 0,
    paused_until: pauseEnd(report, offset),
    shown: status.shown,
    is_absent: status.isAbsent ? 1 : 0,
    attention_rank: status.attentionRank,
    user_name: facts ? userName(row.user_name, facts) : row.user_name,
    reboot_required: facts?.rebootRequired === undefined ? row.reboot_required : Number(facts.rebootRequired),
    facts: given.facts,
  };
}

/** The logged-in user as stored: empty for nobody, null where the device cannot read it. */
function userName(before: string | null, { user, skipped }: DeviceFacts): string | null {
  if (user !== undefined) return user ?? "";
  return skipped?.some(({ collector }) => collector === "session") ? null : before;
}

function pauseEnd({ paused }: Report, offset: number): number | null {
  if (!paused || paused.until === null) return null;
  return toServerTime(paused.until, offset);
}

function newInventory(row: IngestRow, { inventory, inventoryHash }: Report): StoredReport["inventory"] {
  if (!inventory) return null;
  const digest = inventoryHash ?? hash("sha256", JSON.stringify(inventory), "hex").slice(0, 16);
  return digest === row.inventory_hash ? null : { hash: digest, body: boundInventory(inventory) };
}

function isInventoryMissing(row: IngestRow, { inventoryHash }: Report): boolean {
  return inventoryHash !== undefined && inventoryHash !== row.inventory_hash;
}
