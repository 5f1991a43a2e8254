import {
  MAX_SILENCES,
  type NewSilence,
  type Silence,
  type SilenceChange,
  type SilenceMatchers,
} from "@muster/shared/contracts/silence.ts";
import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import { setImmediate } from "node:timers/promises";
import type { Transaction } from "kysely";
import { type Audit, type ChangedBy, changesOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { assertVersion } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant } from "../../platform/instant.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { AlarmHints } from "../alarms/alarm-hints.ts";
import { visitMatches } from "./matched-alarms.ts";
import { matchOf } from "./silence-match.ts";
import { readReached } from "./silence-reach.ts";
import { newSilenceRow, type SilenceSubject } from "./new-silence.ts";
import { findSilence, insertSilence, readSilences, updateSilence } from "./silence.repository.ts";
import { assertTimes } from "./silence-times.ts";
import { stateOf, viewSilences } from "./silence-view.ts";
import type { SilenceRow } from "./silences.tables.ts";
import type { TellOwners } from "./tell-owners.ts";

export type SilenceService = {
  /** Throws `not-found`, as everything below that names a silence. */
  get(tenant: Tenant, silenceId: string): Promise<Silence>;
  /** Throws `bad-request` for what does not exist, for alarms that cannot be silenced and for a time that is too long, `conflict` beyond the number of silences. */
  create(tenant: Tenant, input: NewSilence, by: ChangedBy): Promise<Silence>;
  /** Throws `precondition-failed` for another version, `conflict` after its end, `forbidden` for one that reaches beyond the limit of the tenant. */
  change(
    tenant: Tenant,
    silenceId: string,
    given: { change: SilenceChange; version: number | null },
    by: ChangedBy,
  ): Promise<Silence>;
  /** Ends it now. Throws as `change` does. */
  end(tenant: Tenant, silenceId: string, by: ChangedBy): Promise<Silence>;
};

export type SilencesDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  hints: Pick<AlarmHints, "publish">;
  findSubject(tx: Transaction<Tables>, tenant: Tenant, matchers: SilenceMatchers): Promise<SilenceSubject>;
  tellOwners: TellOwners;
};

const MAX_HINTS = 200;

export function createSilences(deps: SilencesDeps): SilenceService {
  const { store, clock, makeId, audit, findSubject, tellOwners } = deps;
  const update = createUpdate(deps);

  async function get(tenant: Tenant, silenceId: string): Promise<Silence> {
    const row = await findSilence(store.read, tenant, silenceId);
    const reached = await readReached(store.read, tenant, row ? [row] : []);
    const at = { now: clock.now(), pause: () => setImmediate() };
    const [silence] = await viewSilences(store.read, tenant, reached, at);
    if (!silence) throw notFoundError();
    return silence;
  }

  return {
    get,
    async create(tenant, input, by) {
      const now = clock.now();
      const row = await store.transaction(async (tx) => {
        const subject = await findSubject(tx, tenant, input);
        const made = newSilenceRow(tenant, input, { subject, now, id: makeId(), by: by.actor.name });
        assertTimes(made, now);
        await insertSilence(tx, made);
        await assertWithinNumber(tx, tenant.orgId, now);
        const details = { ...auditDetails(made), startsAt: toInstant(made.starts_at) };
        await audit.record(tx, { ...entryOf(made, "silence.created", by), details });
        await tellOwners(tx, tenant, { before: null, after: made }, by);
        return made;
      });
      await publishMatches(deps, tenant, row);
      return get(tenant, row.id);
    },

    async change(tenant, silenceId, { change, version }, by) {
      await update(tenant, silenceId, { version, by, action: "silence.changed" }, async (before, tx, now) => {
        const after: SilenceRow = {
          ...before,
          comment: change.comment ?? before.comment,
          ends_at: change.endsAt === undefined ? before.ends_at : Date.parse(change.endsAt),
          ends_when_idle: Number(change.endsWhenIdle ?? before.ends_when_idle === 1) === 1 ? 1 : 0,
        };
        if (change.endsAt !== undefined) assertTimes(after, now);
        await tellOwners(tx, tenant, { before, after }, by);
        const known = {
          comment: before.comment,
          endsAt: toInstant(before.ends_at),
          endsWhenIdle: before.ends_when_idle === 1,
        };
        return { row: after, details: { changes: changesOf(known, change) } };
      });
      return get(tenant, silenceId);
    },

    async end(tenant, silenceId, by) {
      await update(tenant, silenceId, { version: null, by, action: "silence.ended" }, (before, _, now) => ({
        row: { ...before, ended_at: now, end_reason: "early", ended_by: by.actor.name },
      }));
      return get(tenant, silenceId);
    },
  };
}

type Planned = { row: SilenceRow; details?: Record<string, unknown> };

/** Creates the function that changes a silence in one transaction, as `plan` decides, with a new version and an entry in the audit log. */
function createUpdate(deps: SilencesDeps) {
  const { store, clock, audit } = deps;
  return async (
    tenant: Tenant,
    silenceId: string,
    { version, by, action }: { version: number | null; by: ChangedBy; action: AuditAction },
    plan: (before: SilenceRow, tx: Transaction<Tables>, now: number) => Planned | Promise<Planned>,
  ): Promise<void> => {
    const now = clock.now();
    const changed = await store.transaction(async (tx) => {
      const found = await findSilence(tx, tenant, silenceId);
      const [reached] = await readReached(tx, tenant, found ? [found] : []);
      if (!reached) throw notFoundError();
      const { row: before, canChange } = reached;
      if (!canChange) throw beyondLimitError();
      assertVersion(version, editInfoOf(before));
      if (stateOf(before, now) === "ended") {
        throw new MusterError("conflict", "The silence has ended. Create another one.");
      }
      const planned = await plan(before, tx, now);
      const edited = { version: before.version + 1, updated_at: now, updated_by: by.actor.name };
      const after = { ...planned.row, ...edited };
      // Another server may have changed it since it was read.
      if (!(await updateSilence(tx, after, before.version))) assertVersion(before.version, editInfoOf(after));
      const { details } = planned;
      await audit.record(tx, { ...entryOf(after, action, by), ...(details && { details }) });
      return after;
    });
    await publishMatches(deps, tenant, changed);
  };
}

/** Lets pages read again what a silence keeps quiet; those of many alarms notice it when they read next. */
async function publishMatches(
  { store, hints }: SilencesDeps,
  tenant: Tenant,
  row: SilenceRow,
): Promise<void> {
  const ids: string[] = [];
  await visitMatches(store.read, tenant, [matchOf(row)], {
    visit: ({ id }) => ids.length < MAX_HINTS && ids.push(id),
    pause: () => setImmediate(),
  });
  hints.publish(tenant.orgId, ids);
}

async function assertWithinNumber(tx: Transaction<Tables>, orgId: string, now: number): Promise<void> {
  const current = await readSilences(tx, { orgId, customerIds: null }, "current", now);
  if (current.length <= MAX_SILENCES) return;
  throw new MusterError(
    "conflict",
    `The organization has ${MAX_SILENCES} silences that have not ended. End one before you create another.`,
  );
}

function entryOf(row: SilenceRow, action: AuditAction, by: ChangedBy) {
  const limitedTo: string[] = row.limited_to === null ? [] : JSON.parse(row.limited_to);
  return {
    orgId: row.org_id,
    ...by,
    action,
    subject: { type: "silence", id: row.id, name: row.comment.split("\n")[0]?.slice(0, 100) ?? "" },
    customerId: row.customer_id ?? (limitedTo.length === 1 ? (limitedTo[0] ?? null) : null),
  };
}

function auditDetails(row: SilenceRow) {
  const { scope, types, severities, ruleId } = matchOf(row);
  return { scope, types, severities, ruleId, alarmId: row.alarm_id, endsAt: toInstant(row.ends_at) };
}

function editInfoOf({ version, updated_at, updated_by }: SilenceRow) {
  return { version, updatedAt: toInstant(updated_at), updatedBy: updated_by };
}

function notFoundError(): MusterError {
  return new MusterError("not-found", "There is no such silence.");
}

function beyondLimitError(): MusterError {
  return new MusterError(
    "forbidden",
    "The silence reaches beyond the customers that you are limited to. Ask an operator without a limit.",
  );
}
