import type { Kysely } from "kysely";
import { readSharedViews } from "../../fleet/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { type CompiledRule, compileRule } from "../evaluation/compiled-rule.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

/** The rules of an organization, ready to be evaluated, with the views that they are for. */
export async function compileRules(
  db: Kysely<Tables>,
  orgId: string,
  rows: readonly AlarmRulesTable[],
): Promise<{ rule: CompiledRule; isEnabled: boolean }[]> {
  const viewIds = rows.flatMap(({ scope_kind, scope_value }) =>
    scope_kind === "view" ? [scope_value ?? ""] : [],
  );
  const views = await readSharedViews(db, orgId, [...new Set(viewIds)]);
  return rows.map((row) => ({
    rule: compileRule(row, views.get(row.scope_value ?? "")?.query ?? null),
    isEnabled: row.is_enabled === 1,
  }));
}
