import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

/** All rules of an organization, in their order. */
export function readRules(db: Kysely<Tables>, orgId: string): Promise<AlarmRulesTable[]> {
  return db
    .selectFrom("alarm_rules")
    .selectAll()
    .where("org_id", "=", orgId)
    .orderBy("position")
    .orderBy("id")
    .execute();
}

export async function readRulesById(
  db: Kysely<Tables>,
  orgId: string,
  ruleIds: readonly string[],
): Promise<AlarmRulesTable[]> {
  if (ruleIds.length === 0) return [];
  return db
    .selectFrom("alarm_rules")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "in", ruleIds)
    .execute();
}

export function findRuleRow(
  db: Kysely<Tables>,
  orgId: string,
  ruleId: string,
): Promise<AlarmRulesTable | undefined> {
  return db
    .selectFrom("alarm_rules")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", ruleId)
    .executeTakeFirst();
}

export async function insertRules(tx: Transaction<Tables>, rows: readonly AlarmRulesTable[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("alarm_rules").values(rows).execute();
}

export async function updateRule(
  tx: Transaction<Tables>,
  orgId: string,
  ruleId: string,
  change: Partial<Omit<AlarmRulesTable, "id" | "org_id">>,
): Promise<void> {
  await tx
    .updateTable("alarm_rules")
    .set(change)
    .where("org_id", "=", orgId)
    .where("id", "=", ruleId)
    .execute();
}

/** Gives the rules about a customer to another one. Returns how many there are. */
export async function moveRules(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("alarm_rules")
    .set((rule) => ({ scope_value: into, edit_version: rule("edit_version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("scope_kind", "=", "customer")
    .where("scope_value", "=", from)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function hasRulesOf(db: Kysely<Tables>, orgId: string, customerId: string): Promise<boolean> {
  const found = await db
    .selectFrom("alarm_rules")
    .select("id")
    .where("org_id", "=", orgId)
    .where("scope_kind", "=", "customer")
    .where("scope_value", "=", customerId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function hasRulesForViews(db: Kysely<Tables>, orgId: string): Promise<boolean> {
  const found = await db
    .selectFrom("alarm_rules")
    .select("id")
    .where("org_id", "=", orgId)
    .where("scope_kind", "=", "view")
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Names of the rules for a view. */
export async function readNamesOfView(db: Kysely<Tables>, orgId: string, viewId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("alarm_rules")
    .select("name")
    .where("org_id", "=", orgId)
    .where("scope_kind", "=", "view")
    .where("scope_value", "=", viewId)
    .orderBy("position")
    .execute();
  return rows.map(({ name }) => name);
}

/** Keeps the set as it is until the transaction ends. */
export async function lockRuleSet(tx: Transaction<Tables>, orgId: string): Promise<void> {
  await tx
    .updateTable("alarm_rule_sets")
    .set((row) => ({ version: row.ref("version") }))
    .where("org_id", "=", orgId)
    .execute();
}

export async function deleteRule(tx: Transaction<Tables>, orgId: string, ruleId: string): Promise<void> {
  await tx.deleteFrom("alarm_rules").where("org_id", "=", orgId).where("id", "=", ruleId).execute();
}

export async function deleteRules(tx: Transaction<Tables>, orgId: string): Promise<void> {
  await tx.deleteFrom("alarm_rules").where("org_id", "=", orgId).execute();
}

/** The set of an organization; undefined for one that has none yet. */
export function findRuleSet(db: Kysely<Tables>, orgId: string) {
  return db.selectFrom("alarm_rule_sets").selectAll().where("org_id", "=", orgId).executeTakeFirst();
}

/**
 * Counts a change of the set and locks it until the transaction ends, so that limits and positions hold on PostgreSQL too. False for an
 * organization without default rules.
 */
export async function raiseRuleSet(tx: Transaction<Tables>, orgId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("alarm_rule_sets")
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("version", ">", 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** As `raiseRuleSet`, while the set still is what the organization got. */
export async function raiseUntouched(tx: Transaction<Tables>, orgId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("alarm_rule_sets")
    .set({ version: 2 })
    .where("org_id", "=", orgId)
    .where("version", "=", 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes the right to insert the default rules; undefined when another transaction did. Returns since when the rules count. */
export async function claimDefaults(
  tx: Transaction<Tables>,
  orgId: string,
  createdAt: number,
): Promise<number | undefined> {
  await tx
    .insertInto("alarm_rule_sets")
    .values({ org_id: orgId, version: 0, default_since: createdAt })
    .onConflict((conflict) => conflict.column("org_id").doNothing())
    .execute();
  const claimed = await tx
    .updateTable("alarm_rule_sets")
    .set({ version: 1 })
    .where("org_id", "=", orgId)
    .where("version", "=", 0)
    .returning("default_since")
    .executeTakeFirst();
  return claimed?.default_since;
}
