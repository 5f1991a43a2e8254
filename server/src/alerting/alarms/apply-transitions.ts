import type { Transaction } from "kysely";
import { readWatchedDevices } from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmTransition } from "../alarm-transition.ts";
import type { Notify } from "../alarm-notice.ts";
import { lockAlarmsOfKeys } from "./alarm.repository.ts";
import type { CollectHints } from "./alarm-hints.ts";
import { ruleKeyOf } from "./alarm-key.ts";
import { CHANGES_MS } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { readMuteCauses } from "./mute-causes.ts";
import { type RuleNow, subjectOf, transitionStep } from "./transition-step.ts";
import { type AlarmDraft, drafted, writeAlarms } from "./write-alarms.ts";

/** The rules with these ids as they are now; those that were deleted are left out. */
export type FindRules = (
  tx: Transaction<Tables>,
  orgId: string,
  ruleIds: readonly string[],
) => Promise<ReadonlyMap<string, RuleNow>>;

/**
 * Opens, changes and ends the alarms of rules as their evaluation says. Call it in the transaction that locked the devices; transitions of
 * one alarm are in the order in which they happened. What another version of a rule than the present one says is dropped, but for ends.
 */
export type ApplyTransitions = (
  tx: Transaction<Tables>,
  transitions: readonly AlarmTransition[],
) => Promise<void>;

export type ApplyTransitionsDeps = {
  dialect: Dialect;
  clock: Clock;
  makeId: MakeId;
  findRules: FindRules;
  notify: Notify;
  collectHints: CollectHints;
};

export function createApplyTransitions(deps: ApplyTransitionsDeps): ApplyTransitions {
  return async (tx, transitions) => {
    for (const [orgId, ofOrganization] of Map.groupBy(transitions, (transition) => transition.orgId)) {
      await applyOfOrganization(deps, tx, orgId, ofOrganization);
    }
  };
}

async function applyOfOrganization(
  deps: ApplyTransitionsDeps,
  tx: Transaction<Tables>,
  orgId: string,
  transitions: readonly AlarmTransition[],
): Promise<void> {
  const { dialect, clock, makeId, notify, collectHints } = deps;
  const rules = await deps.findRules(tx, orgId, [...new Set(transitions.map(({ ruleId }) => ruleId))]);
  const current = transitions.filter((transition) => isAccepted(transition, rules.get(transition.ruleId)));
  if (current.length === 0) return;
  const deviceNos = [...new Set(current.map(({ deviceNo }) => deviceNo))].toSorted((a, b) => a - b);
  const devices = await readWatchedDevices(tx, dialect, deviceNos, clock.now());
  const byNo = new Map(devices.map((device) => [device.deviceNo, device]));
  const causes = await readMuteCauses(tx, orgId, {
    deviceIds: devices.map(({ deviceId }) => deviceId),
    inMaintenance: new Set(devices.flatMap((one) => (one.isInMaintenance ? [one.deviceId] : []))),
    now: clock.now(),
  });
  const known = await lockNewest(tx, dialect, orgId, current);
  const drafts = new Map<string, AlarmDraft>();
  // What a device depends on comes first, so that it mutes what happened at the same time.
  const depthOf = ({ deviceNo }: AlarmTransition) => causes.depthOf(byNo.get(deviceNo)?.deviceId ?? "");
  for (const transition of current.toSorted((a, b) => depthOf(a) - depthOf(b))) {
    const key = ruleKeyOf(transition);
    const row = known.get(key) ?? null;
    const rule = rules.get(transition.ruleId);
    const device = byNo.get(transition.deviceNo);
    const makeSubject = () =>
      rule && device ? subjectOf(transition, { id: makeId(), key, rule, device }) : null;
    const step = transitionStep(row, transition, makeSubject);
    if (step === null) continue;
    if (row !== null && row.id !== step.row.id && row.is_violating === 1) {
      drafts.set(
        row.id,
        drafted(drafts.get(row.id) ?? null, { row: { ...row, is_violating: 0 }, events: [] }),
      );
    }
    const draft = drafted(
      drafts.get(step.row.id) ?? null,
      device ? { ...step, row: { ...step.row, customer_id: device.customerId } } : step,
      {
        muting: causes.causeOf(step.row),
        isNew: row?.id !== step.row.id || drafts.get(step.row.id)?.isNew === true,
      },
    );
    causes.add(draft.row);
    known.set(key, draft.row);
    drafts.set(draft.row.id, draft);
  }
  await writeAlarms(tx, notify, [...drafts.values()]);
  collectHints(orgId, [...drafts.keys()]);
}

/** An end is accepted from any version: an alarm that nobody watches any more would otherwise stay open. */
function isAccepted({ kind, ruleVersion }: AlarmTransition, rule: RuleNow | undefined): boolean {
  if (kind === "ended") return true;
  return rule !== undefined && rule.isEnabled && rule.version === ruleVersion;
}

/** The newest alarm of each key that a transition may continue. */
async function lockNewest(
  tx: Transaction<Tables>,
  dialect: Dialect,
  orgId: string,
  transitions: readonly AlarmTransition[],
): Promise<Map<string, AlarmRow>> {
  const keys = [...new Set(transitions.map(ruleKeyOf))];
  const endedSince = Math.min(...transitions.map(({ at }) => at)) - CHANGES_MS;
  const rows = await lockAlarmsOfKeys(tx, dialect, { orgId, keys, endedSince });
  return newestByKey(rows);
}

/** Of rows in the order of their ids; an open alarm is the newest one of its key. */
export function newestByKey(rows: readonly AlarmRow[]): Map<string, AlarmRow> {
  const newest = new Map<string, AlarmRow>();
  for (const row of rows) {
    const other = newest.get(row.key);
    if (other === undefined || other.ended_at !== null) newest.set(row.key, row);
  }
  return newest;
}
