import type { Kysely, Transaction } from "kysely";
import { type WatchedDevice, writeWatchState } from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmTransition } from "../alarm-transition.ts";
import type { RuleSets } from "../rules/rule-sets.ts";
import { findSweep, type Sweep } from "../rules/rule-sets.system-repository.ts";
import type { AlarmEntry } from "./alarm-state.ts";
import { writeTimer } from "./alarm-timers.system-repository.ts";
import type { RuleSet } from "./effective-rules.ts";
import { evaluateFacts } from "./evaluate-facts.ts";
import { readEntries, writeEntries } from "./watch-state.ts";

/** What one transaction knows of the organizations whose devices it looks at. */
export type OrganizationRules = (orgId: string) => Promise<{ rules: RuleSet; sweep: Sweep | null }>;

/** The types of actions of which the newest one that ended on a device has failed. */
export type ReadFailedActions = (
  db: Kysely<Tables>,
  device: Pick<WatchedDevice, "orgId" | "deviceId">,
) => Promise<string[]>;

export type Recheck = {
  /** Reads each organization's rules once for a transaction. */
  rulesIn(tx: Transaction<Tables>): OrganizationRules;
  /** Evaluates the rules about a locked device, and stores its state and timer. `entries` is its state as it is by now. */
  device(
    tx: Transaction<Tables>,
    device: WatchedDevice,
    given: { of: OrganizationRules; entries?: readonly AlarmEntry[]; hasJustLeft?: boolean },
  ): Promise<readonly AlarmTransition[]>;
};

export function createRecheck(deps: {
  clock: Clock;
  ruleSets: Pick<RuleSets, "read">;
  observedMs(): number;
  serverVersion: string;
  readFailedActions: ReadFailedActions;
}): Recheck {
  const { clock, ruleSets, observedMs, serverVersion, readFailedActions } = deps;
  return {
    rulesIn(tx) {
      const known = new Map<string, Promise<{ rules: RuleSet; sweep: Sweep | null }>>();
      const read = async (orgId: string) => ({
        rules: await ruleSets.read(tx, orgId),
        sweep: await findSweep(tx, orgId),
      });
      return (orgId) => {
        const reading = known.get(orgId) ?? read(orgId);
        known.set(orgId, reading);
        return reading;
      };
    },
    async device(tx, device, { of, entries = readEntries(device.state), hasJustLeft = false }) {
      const { rules, sweep } = await of(device.orgId);
      const { deviceNo, state } = device;
      const asksForActions = rules
        .effectiveFor(device)
        .factRules.some(({ type }) => type === "action-failed");
      const evaluated = evaluateFacts(rules, device, entries, {
        now: clock.now(),
        observedNow: observedMs(),
        serverVersion,
        failedActions: asksForActions ? await readFailedActions(tx, device) : [],
        hasJustLeft,
        // Until the sweep has come by, a device has not been looked at with the new rules.
        newSince: sweep && sweep.afterDeviceNo < deviceNo ? sweep.startedAt : null,
      });
      const next = writeEntries(evaluated.entries);
      if (next !== state) await writeWatchState(tx, device, next);
      await writeTimer(tx, device, evaluated.dueAt);
      return evaluated.transitions;
    },
  };
}
