import type {
  AddedAlarmRulePack,
  AlarmRule,
  AlarmRuleChange,
  AlarmRules,
  EffectiveAlarmRules,
  NewAlarmRule,
} from "@muster/shared/contracts/alarm-rule.ts";
import { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Kysely, Transaction } from "kysely";
import { findWatchedDevice, type FindDeviceTargets } from "../../fleet/index.ts";
import type { Audit, ChangedBy, CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { assertVersion, nextEdit, toEditInfo } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { SelfEndReason } from "../alarm-transition.ts";
import { type AlarmEntry, openSeverityOf } from "../evaluation/alarm-state.ts";
import { readEntries } from "../evaluation/watch-state.ts";
import {
  deleteRule,
  insertRules,
  raiseRuleSet,
  readRules,
  readRulesById,
  updateRule,
} from "./alarm-rule.repository.ts";
import { changeEntry, createdEntry, deletedEntry, orderedEntry } from "./rule-audit.ts";
import {
  assertCustomer,
  assertDevice,
  assertView,
  missingRules,
  nameOfCopy,
  orderOf,
  positionAfter,
  requireRule,
} from "./rule-checks.ts";
import { RULE_PACKS } from "./rule-packs.ts";
import { createListRules, type ListRulesDeps } from "./list-rules.ts";
import { changedColumns, newRuleRow, toAlarmRule } from "./rule-row.ts";
import type { RuleSets } from "./rule-sets.ts";
import { startSweep } from "./rule-sets.system-repository.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

export type AlarmRuleService = {
  list(orgId: string): Promise<AlarmRules>;
  /** Throws `not-found`, as everything below that names a rule. */
  get(orgId: string, ruleId: string): Promise<AlarmRule>;
  /** Throws `bad-request` for settings or a scope that do not fit, and `conflict` above the limit, as everything that adds rules. */
  create(orgId: string, input: NewAlarmRule, by: ChangedBy): Promise<AlarmRule>;
  /** Throws `precondition-failed` when the rule has another version. */
  change(
    orgId: string,
    ruleId: string,
    given: { change: AlarmRuleChange; version: number | null },
    by: ChangedBy,
  ): Promise<AlarmRule>;
  /** Its open alarms end. */
  remove(orgId: string, ruleId: string, by: ChangedBy): Promise<void>;
  /** A copy that is switched off. */
  duplicate(orgId: string, ruleId: string, by: ChangedBy): Promise<AlarmRule>;
  /** Throws `bad-request` unless the ids are those of all rules. */
  order(orgId: string, ids: readonly string[], by: ChangedBy): Promise<AlarmRules>;
  /** The rules that were added. */
  addPack(orgId: string, added: AddedAlarmRulePack, by: ChangedBy): Promise<AlarmRules>;
  /** Those of these rules that there are, for the alarms that they open. */
  findRules(
    db: Kysely<Tables>,
    orgId: string,
    ruleIds: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<AlarmRule, "id" | "name" | "version" | "type" | "isEnabled">>>;
  /** The rules that apply to a device. Throws `not-found` for a device that the tenant does not reach. */
  effective(tenant: Tenant, deviceId: string): Promise<EffectiveAlarmRules>;
};

export type AlarmRuleDeps = Pick<ListRulesDeps, "countOpenAlarms"> & {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  customers: Pick<CustomerDirectory, "require" | "namesOf">;
  findTargets: FindDeviceTargets;
  ruleSets: Pick<RuleSets, "ensureDefaults" | "read" | "refresh">;
  /** Ends the open alarms of a rule that is deleted or switched off. */
  endAlarmsOfRule(
    tx: Transaction<Tables>,
    orgId: string,
    ruleId: string,
    reason: SelfEndReason,
  ): Promise<void>;
};

export function createAlarmRules(deps: AlarmRuleDeps): AlarmRuleService {
  const { store, clock, makeId, audit, ruleSets } = deps;
  const listed = createListRules(deps);

  /** Runs one change of the set, which nobody else changes meanwhile; then all devices are looked at again. */
  async function edit<Result>(
    orgId: string,
    work: (tx: Transaction<Tables>) => Promise<Result>,
  ): Promise<Result> {
    await ruleSets.ensureDefaults(orgId);
    const result = await store.transaction(async (tx) => {
      await raiseRuleSet(tx, orgId);
      // Before the work, so that no rule it creates is older than its sweep.
      await startSweep(tx, orgId, clock.now());
      return work(tx);
    });
    await ruleSets.refresh(orgId);
    return result;
  }

  async function list(orgId: string): Promise<AlarmRules> {
    await ruleSets.ensureDefaults(orgId);
    return { items: await listed(orgId, await readRules(store.read, orgId)) };
  }

  async function add(
    tx: Transaction<Tables>,
    orgId: string,
    inputs: readonly NewAlarmRule[],
    by: ChangedBy,
  ): Promise<AlarmRulesTable[]> {
    const position = positionAfter(await readRules(tx, orgId), inputs.length);
    const createdAt = clock.now();
    const rows = inputs.map((input, index) =>
      newRuleRow(input, {
        id: makeId(),
        orgId,
        position: position + index,
        createdAt,
        edit: { edit_version: 1, edited_at: createdAt, edited_by: by.actor.name },
      }),
    );
    await insertRules(tx, rows);
    for (const row of rows) await audit.record(tx, createdEntry(row, by));
    return rows;
  }

  return {
    list,
    async get(orgId, ruleId) {
      await ruleSets.ensureDefaults(orgId);
      return toAlarmRule(await requireRule(store.read, orgId, ruleId));
    },
    async create(orgId, input, by) {
      await assertDevice(orgId, input.scope, deps.findTargets);
      const [row] = await edit(orgId, async (tx) => {
        await assertCustomer(tx, orgId, input.scope, deps.customers);
        await assertView(tx, orgId, input.scope);
        return add(tx, orgId, [input], by);
      });
      if (!row) throw new Error("the rule was not inserted");
      return toAlarmRule(row);
    },
    change: createChange(deps, edit),
    async remove(orgId, ruleId, by) {
      await edit(orgId, async (tx) => {
        const row = await requireRule(tx, orgId, ruleId);
        await deps.endAlarmsOfRule(tx, orgId, ruleId, "rule-removed");
        await deleteRule(tx, orgId, ruleId);
        await audit.record(tx, deletedEntry(row, by));
      });
    },
    async duplicate(orgId, ruleId, by) {
      const [row] = await edit(orgId, async (tx) => {
        const original = toAlarmRule(await requireRule(tx, orgId, ruleId));
        const { name, type, settings, scope, activeHours, cooldownS, ignoresExisting } = original;
        const copy = { type, settings, scope, activeHours, cooldownS, ignoresExisting, isEnabled: false };
        return add(tx, orgId, [{ ...copy, name: nameOfCopy(name, await readRules(tx, orgId)) }], by);
      });
      if (!row) throw new Error("the copy was not inserted");
      return toAlarmRule(row);
    },
    async order(orgId, ids, by) {
      await edit(orgId, async (tx) => {
        const rows = await readRules(tx, orgId);
        for (const { id, position } of orderOf(rows, ids)) await updateRule(tx, orgId, id, { position });
        await audit.record(tx, orderedEntry(orgId, rows.length, by));
      });
      return list(orgId);
    },
    async addPack(orgId, { pack, onlyMissing }, by) {
      const rows = await edit(orgId, async (tx) => {
        const known = onlyMissing ? await readRules(tx, orgId) : [];
        return add(tx, orgId, missingRules(RULE_PACKS[pack], known), by);
      });
      return { items: await listed(orgId, rows) };
    },
    async findRules(db, orgId, ruleIds) {
      const rows = await readRulesById(db, orgId, ruleIds);
      return new Map(rows.map((row) => [row.id, toAlarmRule(row)]));
    },
    effective: createEffective(deps),
  };
}

function createChange(
  { store, clock, audit, endAlarmsOfRule, customers, findTargets }: AlarmRuleDeps,
  edit: <Result>(orgId: string, work: (tx: Transaction<Tables>) => Promise<Result>) => Promise<Result>,
): AlarmRuleService["change"] {
  return async (orgId, ruleId, { change, version }, by) => {
    await assertDevice(orgId, change.scope, findTargets);
    await edit(orgId, async (tx) => {
      const before = await requireRule(tx, orgId, ruleId);
      assertVersion(version, toEditInfo(before));
      await assertCustomer(tx, orgId, change.scope, customers);
      await assertView(tx, orgId, change.scope);
      const columns = changedColumns(before, change);
      if (Object.keys(columns).length === 0) return;
      const after = { ...before, ...columns, ...nextEdit(before, by.actor, clock.now()) };
      await updateRule(tx, orgId, ruleId, after);
      if (before.is_enabled === 1 && after.is_enabled === 0) {
        await endAlarmsOfRule(tx, orgId, ruleId, "rule-off");
      }
      await audit.record(tx, changeEntry(before, after, by));
    });
    return toAlarmRule(await requireRule(store.read, orgId, ruleId));
  };
}

function createEffective({ store, clock, ruleSets }: AlarmRuleDeps): AlarmRuleService["effective"] {
  return async (tenant, deviceId) => {
    const given = { tenant, deviceId, now: clock.now() };
    const device = await findWatchedDevice(store.read, store.dialect, given);
    if (!device) throw new MusterError("not-found", "There is no such device.");
    await ruleSets.ensureDefaults(tenant.orgId);
    const rules = await ruleSets.read(store.read, tenant.orgId);
    const rows = await readRules(store.read, tenant.orgId);
    const shown = new Map(rows.map((row) => [row.id, toAlarmRule(row)]));
    const entries = readEntries(device.state);
    const items = rules.effectiveFor(device).groups.flatMap((group) => {
      const own = group.flatMap(({ id }) => shown.get(id) ?? []);
      const [rule, ...overridden] = own;
      const overrides = overridden.map(({ id, name, scope }) => ({ id, name, scope }));
      return rule ? [{ rule, state: stateOf(rule.id, entries), overrides }] : [];
    });
    return { items: items.toSorted((a, b) => a.rule.position - b.rule.position) };
  };
}

/** The worst that a rule finds on a device. */
function stateOf(
  ruleId: string,
  entries: readonly AlarmEntry[],
): EffectiveAlarmRules["items"][number]["state"] {
  const own = entries.filter((entry) => entry.ruleId === ruleId);
  const open = own.map(openSeverityOf).filter((severity) => severity !== null);
  const worst = AlarmSeverity.options.findLast((severity) => open.includes(severity));
  if (worst) return worst;
  const isPending = own.some(({ levels }) => Object.values(levels).some(({ s }) => s === "pending"));
  return isPending ? "pending" : "normal";
}
