import type { AlarmRulePackId } from "@muster/shared/contracts/alarm-rule-pack.ts";
import type { Kysely, Transaction } from "kysely";
import type { Organizations } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { createRuleSet, type HistoryKind, type RuleSet } from "../evaluation/effective-rules.ts";
import {
  claimDefaults,
  deleteRules,
  findRuleSet,
  insertRules,
  raiseUntouched,
  readRules,
} from "./alarm-rule.repository.ts";
import { compileRules } from "./compile-rules.ts";
import { RULE_PACKS } from "./rule-packs.ts";
import { newRuleRow } from "./rule-row.ts";
import { readRuleSetVersions, startSweep, sumRuleSetVersions } from "./rule-sets.system-repository.ts";

const EVERY_MS = 1_000;

/** The rules of all organizations, in memory: the watch of reports must not read. */
export type RuleSets = {
  /** Reads all of them, and gives every organization its default rules. To be called before the first report. */
  load(): Promise<void>;
  /** Undefined for an organization that is not known yet; it is within a second. */
  current(orgId: string): RuleSet | undefined;
  /** The organizations that have an enabled rule which needs this of the history. */
  organizationsAsking(kind: HistoryKind): string[];
  /** As they are in the database. */
  read(db: Kysely<Tables>, orgId: string): Promise<RuleSet>;
  /** After a change on this server. */
  refresh(orgId: string): Promise<void>;
  /** Inserts the default rules of an organization that has none yet. Throws `not-found` for one that there is not. */
  ensureDefaults(orgId: string): Promise<void>;
  /** Puts the rules of a pack in place of the default ones, unless somebody has changed the rules already. */
  replaceDefaults(tx: Transaction<Tables>, orgId: string, pack: AlarmRulePackId): Promise<void>;
  /** Follows the changes of other servers, and gives new organizations their default rules. */
  job: Job;
};

export function createRuleSets(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  organizations: Pick<Organizations, "get" | "list">;
}): RuleSets {
  const { store, clock, makeId, organizations } = deps;
  const known = new Map<string, RuleSet>();
  const wanted = new Set<string>();
  let knownSum = -1;

  async function read(db: Kysely<Tables>, orgId: string): Promise<RuleSet> {
    const version = (await findRuleSet(db, orgId))?.version ?? 0;
    const cached = known.get(orgId);
    if (cached?.version === version) return cached;
    const rows = await readRules(db, orgId);
    return createRuleSet(version, await compileRules(db, orgId, rows));
  }

  async function refresh(orgId: string): Promise<void> {
    const set = await read(store.read, orgId);
    // Of two that read at the same time, the newer one stays.
    if (set.version > 0 && set.version >= (known.get(orgId)?.version ?? 0)) known.set(orgId, set);
  }

  async function insertPack(
    tx: Transaction<Tables>,
    orgId: string,
    pack: AlarmRulePackId,
    createdAt: number,
  ): Promise<void> {
    const rows = RULE_PACKS[pack].map((rule, index) =>
      newRuleRow(rule, { id: makeId(), orgId, position: index + 1, createdAt }),
    );
    await insertRules(tx, rows);
  }

  async function ensureDefaults(orgId: string): Promise<void> {
    if (known.has(orgId)) return;
    const createdAt = Date.parse((await organizations.get(orgId)).createdAt);
    await store.transaction(async (tx) => {
      const since = await claimDefaults(tx, orgId, createdAt);
      if (since === undefined) return;
      await insertPack(tx, orgId, "muster", since);
      // Only in an organization that is older than its rules is anything older than them.
      await startSweep(tx, orgId, since === createdAt ? clock.now() : since);
    });
    await refresh(orgId);
  }

  async function followOthers(signal: AbortSignal): Promise<void> {
    const sum = await sumRuleSetVersions(store.read);
    if (sum === knownSum) return;
    for (const [orgId, version] of await readRuleSetVersions(store.read)) {
      if (signal.aborted) return;
      if (known.get(orgId)?.version !== version) await refresh(orgId);
    }
    knownSum = sum;
  }

  return {
    async load() {
      await followOthers(new AbortController().signal);
      for (const { id } of await organizations.list()) await ensureDefaults(id);
    },
    current(orgId) {
      const set = known.get(orgId);
      if (!set) wanted.add(orgId);
      return set;
    },
    organizationsAsking: (kind) => [...known].flatMap(([orgId, set]) => (set.asksFor(kind) ? [orgId] : [])),
    read,
    refresh,
    ensureDefaults,
    async replaceDefaults(tx, orgId, pack) {
      const now = clock.now();
      const isNew = (await claimDefaults(tx, orgId, now)) !== undefined;
      if (!isNew && (pack === "muster" || !(await raiseUntouched(tx, orgId)))) return;
      await deleteRules(tx, orgId);
      await insertPack(tx, orgId, pack, now);
      await startSweep(tx, orgId, now);
    },
    job: {
      name: "alarm-rules",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run(signal) {
        await followOthers(signal);
        for (const orgId of wanted) {
          if (signal.aborted) return;
          wanted.delete(orgId);
          await ensureDefaults(orgId);
        }
      },
    },
  };
}
