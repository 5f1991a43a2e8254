import { hash } from "node:crypto";
import type { DeviceFacts, Report } from "@muster/shared/contracts/report.ts";
import { deviceStatusOf } from "../presence/device-status.ts";
import { toServerTime } from "./device-clock.ts";
import { mergeFacts } from "./device-facts.ts";
import { boundInventory } from "./inventory-bounds.ts";
import { inventoryColumns } from "./inventory-columns.ts";
import type { DeviceChanges, IngestRow, ReceivedReport, StateColumns, StoredReport } from "./ingest-row.ts";

/** Columns of the status and the facts, compared one by one so that an ordinary report writes none of them. */
const COMPARED_COLUMNS = [
  "connection",
  "last_word",
  "is_paused",
  "paused_until",
  "shown",
  "is_absent",
  "attention_rank",
  "user_name",
  "reboot_required",
  "facts",
] as const;

/** The columns of `devices` that a live report changes, and its inventory, or whether the server needs it. */
export function changedColumns(
  row: IngestRow,
  state: StateColumns,
  { report, receivedAt }: ReceivedReport,
  isCloneSuspected: boolean,
): Pick<StoredReport, "device" | "changesListing" | "inventory" | "wantsInventory"> {
  const inventory = newInventory(row, report);
  const offset = state.clock_offset_ms ?? 0;
  const changes: DeviceChanges = inventory ? inventoryColumns(inventory, offset) : {};
  if (isCloneSuspected && row.clone_suspected_at === null) changes.clone_suspected_at = receivedAt;

  const reported = reportedColumns(row, state, report, receivedAt, offset, changes);
  let isChanged = inventory !== null || changes.clone_suspected_at !== undefined;
  for (const column of COMPARED_COLUMNS) {
    if (reported[column] === row[column]) continue;
    Object.assign(changes, { [column]: reported[column] });
    isChanged = true;
  }
  if (changes.connection !== undefined) changes.connection_since = receivedAt;
  return {
    device: isChanged ? changes : null,
    changesListing: inventory !== null || changes.user_name !== undefined,
    inventory,
    wantsInventory: inventory === null && isInventoryMissing(row, report),
  };
}

function reportedColumns(
  row: IngestRow,
  state: StateColumns,
  report: Report,
  receivedAt: number,
  offset: number,
  changes: DeviceChanges,
) {
  const lastWord = report.lastWord ?? null;
  const status = deviceStatusOf(
    {
      connection: "online",
      lastWord,
      maintenanceUntil: row.maintenance_until,
      isApproved: row.approved_at !== null,
      isCloneSuspected: (changes.clone_suspected_at ?? row.clone_suspected_at) !== null,
      deviceClass: row.class_chosen ?? changes.class_guess ?? row.class_guess,
      heldLevel: state.held_level,
      score: state.score,
      disk: state.disk,
      diskFree: state.disk_free,
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
    facts: facts ? mergeFacts(row.facts, facts) : row.facts,
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
