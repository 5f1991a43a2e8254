import type { NewView, SavedView, SavedViews, ViewChange } from "@muster/shared/contracts/saved-view.ts";
import {
  MAX_SHARED_VIEWS,
  MAX_VIEWS_OF_MEMBER,
  ViewDefinition,
} from "@muster/shared/contracts/saved-view.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import { compareSortKeys, naturalSortKey } from "@muster/shared/natural-order.ts";
import { passingFiltersOf } from "@muster/shared/view-scope.ts";
import type { Transaction } from "kysely";
import type { Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { isUniqueViolation } from "../../platform/database/unique-violation.ts";
import { MusterError } from "../../platform/errors.ts";
import { hasRole } from "../../platform/http/access.ts";
import type { EditInfo } from "@muster/shared/contracts/edit-info.ts";
import { toInstant } from "../../platform/instant.ts";
import { assertVersion } from "../../platform/edit-version.ts";
import type { ChangedBy } from "../devices/device-change.ts";
import type { SavedViewsTable } from "../fleet.tables.ts";
import { auditEntriesOf } from "./view-audit.ts";
import {
  countViews,
  deleteView,
  findDefaultView,
  findView,
  findViewByKey,
  insertView,
  readViews,
  updateView,
  writeDefaultView,
} from "./view.repository.ts";
import { mayChangeView, toView, type ViewMember } from "./view-row.ts";

export type Views = {
  /** The views of the member and the shared ones, in the natural order of their names. */
  list(member: ViewMember): Promise<SavedViews>;
  /** Throws `conflict` for a name that the member has used, and beyond the number of views; `forbidden` for a viewer who shares. */
  create(member: ViewMember, input: NewView, by: ChangedBy): Promise<SavedView>;
  /** Throws `not-found`, `forbidden` and `conflict`, and `precondition-failed` for another `version` than the view has. */
  change(
    member: ViewMember,
    viewId: string,
    given: { change: ViewChange; version: number | null },
    by: ChangedBy,
  ): Promise<SavedView>;
  remove(member: ViewMember, viewId: string, by: ChangedBy): Promise<void>;
  /** The view that the member begins with; null for none. */
  setDefault(member: ViewMember, viewId: string | null): Promise<void>;
};

/** What other modules need shared views for. */
export type ViewUses = {
  /** Names of what needs the view; nothing else comes to need it before the end of the transaction. */
  find(tx: Transaction<Tables>, orgId: string, viewId: string): Promise<readonly string[]>;
  /** Called after a change of the filters of a view that is needed. */
  changed(tx: Transaction<Tables>, orgId: string): Promise<void>;
};

type ViewsDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  /** Nobody needs views when absent. */
  uses?: ViewUses | undefined;
};

export function createViews({ store, clock, makeId, audit, uses }: ViewsDeps): Views {
  /** Writes a new view or a change, and what the audit log says about it. */
  async function save(
    member: ViewMember,
    by: ChangedBy,
    plan: (tx: Transaction<Tables>) => Promise<{ before: SavedViewsTable | null; after: SavedViewsTable }>,
  ): Promise<SavedView> {
    const saved = await store
      .transaction(async (tx) => {
        const { before, after } = await plan(tx);
        await assertNameIsFree(tx, after);
        if (before === null) await insertView(tx, after);
        // Another server may have changed the view since it was read.
        else if (!(await updateView(tx, after, before.version)))
          assertVersion(before.version, editInfoOf({ ...before, version: before.version + 1 }));
        await assertWithinLimits(tx, after, before);
        if (uses && before) await assertStaysUsable(tx, uses, { before, after });
        for (const entry of auditEntriesOf(before, after)) await audit.record(tx, { ...entry, ...by });
        return after;
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTakenError() : error;
      });
    return requireView(saved, member);
  }

  return {
    async list(member) {
      const rows = await readViews(store.read, member);
      const items = rows
        .map((row) => toView(row, member))
        .filter((view) => view !== null)
        .map((view) => ({ view, key: naturalSortKey(view.name) }))
        .toSorted((a, b) => compareSortKeys(a.key, b.key) || compareSortKeys(a.view.id, b.view.id))
        .map(({ view }) => view);
      const defaultViewId = await findDefaultView(store.read, member);
      return { items, defaultViewId: items.some(({ id }) => id === defaultViewId) ? defaultViewId : null };
    },

    create: (member, input, by) =>
      save(member, by, async () => {
        if (input.isShared) assertMayShare(member);
        const at = clock.now();
        const after: SavedViewsTable = {
          id: makeId(),
          org_id: member.orgId,
          owner_id: member.userId,
          private_to: input.isShared ? null : member.userId,
          owner_name: member.name,
          name: input.name,
          name_key: nameKeyOf(input.name),
          definition: JSON.stringify(input.definition),
          version: 1,
          created_at: at,
          updated_at: at,
        };
        return { before: null, after };
      }),

    change: (member, viewId, { change, version }, by) =>
      save(member, by, async (tx) => {
        const before = await requireChangeable(tx, member, viewId);
        assertVersion(version, editInfoOf(before));
        return { before, after: changedRow(before, change, member, clock.now()) };
      }),

    async remove(member, viewId, by) {
      await store.transaction(async (tx) => {
        const before = await requireKnown(tx, member, viewId);
        // What somebody saved, they may always delete.
        if (before.owner_id !== member.userId && !mayChangeView(before, member)) throw forbiddenError();
        const users = (await uses?.find(tx, member.orgId, viewId)) ?? [];
        if (users.length > 0) throw neededError(users, "It cannot be deleted.");
        await deleteView(tx, member.orgId, viewId);
        for (const entry of auditEntriesOf(before, null)) await audit.record(tx, { ...entry, ...by });
      });
    },

    async setDefault(member, viewId) {
      await store.transaction(async (tx) => {
        if (viewId !== null) await requireKnown(tx, member, viewId);
        await writeDefaultView(tx, member, viewId);
      });
    },
  };
}

/** Throws `conflict` when alarm rules need the view and it would no longer say which devices they are about. */
async function assertStaysUsable(
  tx: Transaction<Tables>,
  uses: ViewUses,
  { before, after }: { before: SavedViewsTable; after: SavedViewsTable },
): Promise<void> {
  if (before.definition === after.definition && before.private_to === after.private_to) return;
  const users = await uses.find(tx, after.org_id, after.id);
  if (users.length === 0) return;
  if (after.private_to !== null) throw neededError(users, "It has to stay shared.");
  const passing = passingFiltersOf(ViewDefinition.parse(JSON.parse(after.definition)).query);
  if (passing.length > 0)
    throw neededError(users, `It cannot have filters that change with reports: ${passing.join(", ")}.`);
  if (before.definition !== after.definition) await uses.changed(tx, after.org_id);
}

const MAX_NAMED_USERS = 5;

function neededError(users: readonly string[], why: string): MusterError {
  const named = users.slice(0, MAX_NAMED_USERS).map((name) => `"${name}"`);
  const more = users.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  return new MusterError("conflict", `Alarm rules are for the devices of this view: ${list}. ${why}`);
}

function editInfoOf({ version, updated_at }: SavedViewsTable): EditInfo {
  return { version, updatedAt: toInstant(updated_at), updatedBy: null };
}

function changedRow(
  before: SavedViewsTable,
  { name = before.name, isShared, definition }: ViewChange,
  member: ViewMember,
  now: number,
): SavedViewsTable {
  const isOwn = before.owner_id === member.userId;
  const wasShared = before.private_to === null;
  const willBeShared = isShared ?? wasShared;
  if (willBeShared !== wasShared && !isOwn) {
    throw new MusterError("forbidden", "Only the owner of a view can share it or stop sharing it.");
  }
  if (willBeShared) assertMayShare(member);
  return {
    ...before,
    name,
    name_key: nameKeyOf(name),
    private_to: willBeShared ? null : before.owner_id,
    owner_name: isOwn ? member.name : before.owner_name,
    definition: definition ? JSON.stringify(definition) : before.definition,
    version: before.version + 1,
    updated_at: now,
  };
}

async function requireChangeable(
  tx: Transaction<Tables>,
  member: ViewMember,
  viewId: string,
): Promise<SavedViewsTable> {
  const row = await requireKnown(tx, member, viewId);
  // A viewer who was an operator may still stop sharing it.
  if (row.owner_id === member.userId || mayChangeView(row, member)) return row;
  throw forbiddenError();
}

async function requireKnown(
  tx: Transaction<Tables>,
  member: ViewMember,
  viewId: string,
): Promise<SavedViewsTable> {
  const row = await findView(tx, member, viewId);
  if (!row || toView(row, member) === null) throw notFoundError();
  return row;
}

function requireView(row: SavedViewsTable, member: ViewMember): SavedView {
  const view = toView(row, member);
  if (!view) throw notFoundError();
  return view;
}

async function assertNameIsFree(tx: Transaction<Tables>, row: SavedViewsTable): Promise<void> {
  const owner = { orgId: row.org_id, userId: row.owner_id };
  const known = await findViewByKey(tx, owner, row.name_key);
  if (known !== undefined && known !== row.id) throw nameTakenError();
}

async function assertWithinLimits(
  tx: Transaction<Tables>,
  after: SavedViewsTable,
  before: SavedViewsTable | null,
): Promise<void> {
  const { own, shared } = await countViews(tx, { orgId: after.org_id, userId: after.owner_id });
  if (before === null && own > MAX_VIEWS_OF_MEMBER) {
    throw new MusterError(
      "conflict",
      `You have ${MAX_VIEWS_OF_MEMBER} views. Delete one before you save another.`,
    );
  }
  const isNewlyShared = after.private_to === null && before?.private_to !== null;
  if (isNewlyShared && shared > MAX_SHARED_VIEWS) {
    throw new MusterError(
      "conflict",
      `The organization shares ${MAX_SHARED_VIEWS} views. Delete one before you share another.`,
    );
  }
}

function assertMayShare({ role }: ViewMember): void {
  if (!hasRole(role, "operator")) {
    throw new MusterError("forbidden", "Sharing a view needs the operator's role.");
  }
}

function nameTakenError(): MusterError {
  return new MusterError("conflict", "There is already a view with this name. Choose another name.", {
    details: [{ path: "name", message: "belongs to another view" }],
  });
}

function forbiddenError(): MusterError {
  return new MusterError("forbidden", "Only its owner or an administrator can change a shared view.");
}

function notFoundError(): MusterError {
  return new MusterError("not-found", "There is no such view.");
}
