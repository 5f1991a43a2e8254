import { type Kysely, sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";

/** Within a level, the rank now follows the severity, so that a list by attention begins with the worst. */
export const attentionSeverity: Migration = {
  name: "0050-attention-severity",
  async up(db) {
    for (let after = -1; ; ) {
      const rows = await readRows(db, after);
      for (const row of rows) {
        await sql`update devices set attention_rank = ${rankOf(row)} where device_no = ${row.device_no}`.execute(
          db,
        );
      }
      const last = rows.at(-1);
      if (!last) return;
      after = Number(last.device_no);
    }
  },
};

const DEVICES_PER_READ = 500;

type Row = {
  device_no: number | string;
  is_absent: number | string;
  approved_at: number | string | null;
  clone_suspected_at: number | string | null;
  facts: string;
  excluded_mounts: string;
  held_level: number | string;
  score: number | string | null;
  disk: number | null;
  disk_free: number | string | null;
};
type Fault = { kind: string; subject: string };
type Facts = { diskMount?: string | null; hungFileSystems?: string[]; faults?: Fault[] };

async function readRows(db: Kysely<unknown>, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select d.device_no, d.is_absent, d.approved_at, d.clone_suspected_at, d.facts, d.excluded_mounts,
      s.held_level, s.score, s.disk, s.disk_free
    from devices d join device_state s on s.device_no = d.device_no
    where d.device_no > ${after} order by d.device_no limit ${sql.lit(DEVICES_PER_READ)}
  `.execute(db);
  return rows;
}

// As the server judged attention at the time of this step.

type Reason = { isCritical: boolean; weight: number; lost: number };

function rankOf(row: Row): number {
  const reasons = reasonsOf(row);
  const level = reasons.some(({ isCritical }) => isCritical) ? 0 : reasons.length > 0 ? 1 : 2;
  const heaviest = Math.max(0, ...reasons.map(({ weight }) => weight));
  const lost = Math.max(0, ...reasons.map((reason) => reason.lost));
  return level * 100_000 + 99_999 - (heaviest * 101 + lost);
}

function reasonsOf(row: Row): Reason[] {
  const facts: Facts = JSON.parse(row.facts);
  const exclusions: { mount: string }[] = JSON.parse(row.excluded_mounts);
  const excluded = new Set(exclusions.map(({ mount }) => mount));
  const reasons: Reason[] = [];
  const add = (isCritical: boolean, weight: number, lost = 0) => reasons.push({ isCritical, weight, lost });
  if (row.score !== null && Number(row.held_level) > 0) {
    const lost = Math.min(100, Math.max(0, Math.round(100 - Number(row.score))));
    add(Number(row.held_level) === 2, lost, lost);
  }
  if (!excluded.has(facts.diskMount ?? "") && isBelowDiskFloor(row)) add(true, 40);
  if (Number(row.is_absent) === 1) add(true, 100);
  if (row.clone_suspected_at !== null) add(true, 80);
  for (const isCritical of faultsOf(facts, excluded)) add(isCritical, isCritical ? 60 : 30);
  if (row.approved_at === null) add(false, 10);
  return reasons;
}

/** For each fault, whether it is critical. */
function faultsOf({ diskMount, hungFileSystems = [], faults = [] }: Facts, excluded: Set<string>): boolean[] {
  const counted = faults.filter(({ subject }) => !excluded.has(subject));
  const hung = new Set(hungFileSystems.filter((mount) => !excluded.has(mount)));
  for (const { kind, subject } of counted) if (kind === "hung-mount") hung.add(subject);
  const others = counted.filter(({ kind }) => kind !== "hung-mount");
  return [
    ...others.map(
      ({ kind, subject }) => kind === "read-only-mount" && (subject === "/" || subject === diskMount),
    ),
    ...[...hung].map(() => hung.size >= 2),
  ];
}

function isBelowDiskFloor({ disk, disk_free }: Row): boolean {
  if (disk === null) return false;
  if (disk >= 95) return true;
  if (disk < 80 || disk_free === null) return false;
  const free = Number(disk_free);
  return free < 2e9 && free / (1 - disk / 100) >= 8e9;
}
