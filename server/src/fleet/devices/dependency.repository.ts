import { MAX_DEPENDENCY_DEPTH } from "@muster/shared/device-limits.ts";
import { type Kysely, sql, type Transaction } from "kysely";
import { inSlices } from "../../platform/database/in-slices.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import { isKnownOfTenant, isOfTenant } from "./device-selection.repository.ts";

const COLUMNS = [
  "id",
  "label",
  "hostname",
  "customer_id",
  "depends_on",
  "shown",
  "archived_at",
  "last_word",
] as const;

type NamedRow = Pick<Tables["devices"], (typeof COLUMNS)[number]>;

/** A device with its chain of dependencies, or a device of such a chain. `last_seen_at` is observed time. */
export type DependencyRow = NamedRow & Pick<Tables["device_state"], "last_seen_at" | "interval_s">;
/** The devices of a chain are the one that `device` names, then the one that this one names, and so on. */
export type Dependencies = { device: DependencyRow; chain: readonly DependencyRow[] };

const MAX_DEPENDENTS = 50;

/**
 * What those of these devices depend on that depend on anything. A chain ends after `MAX_DEPENDENCY_DEPTH` devices, and before a device that it has already.
 */
export async function readDependencies(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<Map<string, Dependencies>> {
  const known = new Map<string, DependencyRow>();
  for (let wanted = [...new Set(deviceIds)], depth = 0; wanted.length > 0; depth += 1) {
    for (const row of await readRows(db, orgId, wanted)) known.set(row.id, row);
    if (depth === MAX_DEPENDENCY_DEPTH) break;
    const named = wanted.flatMap((id) => known.get(id)?.depends_on ?? []);
    wanted = [...new Set(named)].filter((id) => !known.has(id));
  }
  const found = new Map<string, Dependencies>();
  for (const id of deviceIds) {
    const device = known.get(id);
    const chain = device ? chainOf(known, device) : [];
    if (device && chain.length > 0) found.set(id, { device, chain });
  }
  return found;
}

/** Devices of the tenant that name this one, by name. */
export function readDependents(db: Kysely<Tables>, tenant: Tenant, deviceId: string): Promise<NamedRow[]> {
  return db
    .selectFrom("devices as d")
    .select(COLUMNS.map((name) => `d.${name}` as const))
    .where(isOfTenant(tenant))
    .where("d.depends_on", "=", deviceId)
    .orderBy("d.name_sort")
    .orderBy("d.device_no")
    .limit(MAX_DEPENDENTS)
    .execute();
}

/** How many levels of devices depend on this one, at most `MAX_DEPENDENCY_DEPTH` and one. */
export async function readDependentDepth(
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
): Promise<number> {
  let level: string[] = [deviceId];
  for (let depth = 0; depth <= MAX_DEPENDENCY_DEPTH; depth += 1) {
    const rows = await readNaming(db, orgId, level);
    if (rows.length === 0) return depth;
    level = rows;
  }
  return MAX_DEPENDENCY_DEPTH + 1;
}

/** Makes the devices that name this one depend on nothing. */
export async function forgetDependency(
  tx: Transaction<Tables>,
  orgId: string,
  deviceId: string,
): Promise<void> {
  await tx
    .updateTable("devices")
    .set((row) => ({ depends_on: null, edit_version: row("edit_version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("depends_on", "=", deviceId)
    .execute();
}

/** Lets one transaction at a time change what the devices of an organization depend on, so that two changes make no cycle together. */
export async function lockDependencies(
  tx: Transaction<Tables>,
  dialect: Dialect,
  orgId: string,
): Promise<void> {
  if (dialect === "sqlite") return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`device dependencies ${orgId}`}, 0))`.execute(tx);
}

function chainOf(known: ReadonlyMap<string, DependencyRow>, { id, depends_on }: DependencyRow) {
  const chain: DependencyRow[] = [];
  const seen = new Set([id]);
  for (let next = depends_on; next !== null && !seen.has(next); ) {
    const row = known.get(next);
    if (!row || chain.length === MAX_DEPENDENCY_DEPTH) break;
    seen.add(next);
    chain.push(row);
    next = row.depends_on;
  }
  return chain;
}

function readRows(db: Kysely<Tables>, orgId: string, ids: readonly string[]): Promise<DependencyRow[]> {
  return inSlices(ids, (slice) =>
    db
      .selectFrom("devices as d")
      .innerJoin("device_state as s", "s.device_no", "d.device_no")
      .select(COLUMNS.map((name) => `d.${name}` as const))
      .select(["s.last_seen_at", "s.interval_s"])
      .where(isKnownOfTenant(wholeOrganization(orgId)))
      .where("d.id", "in", slice)
      .execute(),
  );
}

async function readNaming(db: Kysely<Tables>, orgId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await inSlices(ids, (slice) =>
    db
      .selectFrom("devices")
      .select("id")
      .where("org_id", "=", orgId)
      .where("depends_on", "in", slice)
      .execute(),
  );
  return rows.map(({ id }) => id);
}
