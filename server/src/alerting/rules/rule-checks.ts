import { ALARM_TYPES } from "@muster/shared/alarms/catalog.ts";
import {
  type AlarmRuleScope,
  MAX_ALARM_RULES,
  type NewAlarmRule,
} from "@muster/shared/contracts/alarm-rule.ts";
import { passingFiltersOf } from "@muster/shared/view-scope.ts";
import type { Kysely, Transaction } from "kysely";
import { type FindDeviceTargets, readSharedViews } from "../../fleet/index.ts";
import type { CustomerDirectory } from "../../identity/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import { findRuleRow } from "./alarm-rule.repository.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

export async function requireRule(
  db: Kysely<Tables>,
  orgId: string,
  ruleId: string,
): Promise<AlarmRulesTable> {
  const row = await findRuleRow(db, orgId, ruleId);
  if (!row) throw new MusterError("not-found", "There is no such alarm rule.");
  return row;
}

/** Throws `bad-request` for a customer that the organization does not have. */
export async function assertCustomer(
  tx: Transaction<Tables>,
  orgId: string,
  scope: AlarmRuleScope | undefined,
  customers: Pick<CustomerDirectory, "require">,
): Promise<void> {
  if (scope?.kind === "customer") await customers.require(tx, orgId, scope.customerId);
}

/** Throws `bad-request` for a view that is not shared, and for one whose filters follow how devices are doing. */
export async function assertView(
  tx: Transaction<Tables>,
  orgId: string,
  scope: AlarmRuleScope | undefined,
): Promise<void> {
  if (scope?.kind !== "view") return;
  const view = (await readSharedViews(tx, orgId, [scope.viewId])).get(scope.viewId);
  const passing = view ? passingFiltersOf(view.query) : [];
  if (view && passing.length === 0) return;
  const message = view
    ? `must be a view without filters that change with reports; this one has ${passing.join(", ")}`
    : "must be the id of a shared view";
  throw new MusterError("bad-request", `The field scope.viewId of the body ${message}.`, {
    details: [{ path: "scope.viewId", message }],
  });
}

/** Throws `bad-request` for a device that the organization does not have. */
export async function assertDevice(
  orgId: string,
  scope: AlarmRuleScope | undefined,
  findTargets: FindDeviceTargets,
): Promise<void> {
  if (scope?.kind !== "device") return;
  const found = await findTargets(wholeOrganization(orgId), [scope.deviceId]);
  if (found.has(scope.deviceId)) return;
  throw new MusterError("bad-request", "The field scope.deviceId of the body must be the id of a device.", {
    details: [{ path: "scope.deviceId", message: "must be the id of a device" }],
  });
}

/** The position of the next rule. Throws `conflict` when `count` more are too many. */
export function positionAfter(rows: readonly AlarmRulesTable[], count: number): number {
  if (rows.length + count > MAX_ALARM_RULES) {
    throw new MusterError(
      "conflict",
      `An organization can have ${MAX_ALARM_RULES} alarm rules. Delete some before you add others.`,
    );
  }
  return Math.max(0, ...rows.map(({ position }) => position)) + 1;
}

/** The new positions that differ. Throws `bad-request` unless `ids` are those of all rules. */
export function orderOf(
  rows: readonly AlarmRulesTable[],
  ids: readonly string[],
): { id: string; position: number }[] {
  const places = new Map(ids.map((id, index) => [id, index + 1]));
  if (places.size !== ids.length || ids.length !== rows.length || rows.some(({ id }) => !places.has(id))) {
    throw new MusterError("bad-request", "The field ids of the body must have the id of each rule once.", {
      details: [{ path: "ids", message: "must have the id of each rule once" }],
    });
  }
  return rows.flatMap(({ id, position }) => {
    const next = places.get(id) ?? position;
    return next === position ? [] : [{ id, position: next }];
  });
}

const MAX_NAME_LENGTH = 120;

/** "Offline (2)", or the next number that no rule has. */
export function nameOfCopy(name: string, rows: readonly Pick<AlarmRulesTable, "name">[]): string {
  const taken = new Set(rows.map((row) => row.name));
  const stem = name.replace(/ \(\d{1,3}\)$/, "");
  for (let number = 2; ; number += 1) {
    const suffix = ` (${number})`;
    const copy = `${stem.slice(0, MAX_NAME_LENGTH - suffix.length).toWellFormed()}${suffix}`;
    if (!taken.has(copy)) return copy;
  }
}

/** Those of these rules for all devices that no row has with the same type and settings. */
export function missingRules(
  rules: readonly NewAlarmRule[],
  rows: readonly AlarmRulesTable[],
): readonly NewAlarmRule[] {
  const keyOf = (type: string, settings: string) => `${type} ${settings}`;
  const ofAll = rows.filter(({ scope_kind }) => scope_kind === "organization");
  const known = new Set(ofAll.map(({ type, settings }) => keyOf(type, settings)));
  return rules.filter(
    ({ type, settings }) =>
      !known.has(keyOf(type, JSON.stringify(ALARM_TYPES[type].settings.parse(settings)))),
  );
}
