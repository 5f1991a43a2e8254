import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import {
  MAX_POLICIES,
  type NewNotificationPolicy,
  type NotificationPolicies,
  type NotificationPolicy,
  type NotificationPolicyChange,
  PolicyDefinition,
} from "@muster/shared/contracts/notification-policy.ts";
import type { Transaction } from "kysely";
import { type ChangedBy, changesOf } from "../../../identity/index.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { assertVersion, nextEdit, toEditInfo, UNEDITED } from "../../../platform/edit-version.ts";
import { MusterError } from "../../../platform/errors.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import type { PolicyRow } from "../notifications.tables.ts";
import {
  deletePolicy,
  findPolicy,
  insertPolicy,
  movePolicy,
  readPolicies,
  updatePolicy,
} from "./policy.repository.ts";
import { type PolicyReferenceDeps, readReferenceNames, requireReferences } from "./policy-references.ts";
import { definitionOf, toNotificationPolicy } from "./policy-row.ts";

export type PolicyService = {
  list(orgId: string): Promise<NotificationPolicies>;
  /** Throws `bad-request` for an unknown user, channel, customer or rule, and `conflict` beyond the number of policies. */
  create(orgId: string, input: NewNotificationPolicy, by: ChangedBy): Promise<NotificationPolicy>;
  /** Throws `not-found`, `bad-request` and `precondition-failed`. */
  change(
    orgId: string,
    policyId: string,
    given: { change: NotificationPolicyChange; version: number | null },
    by: ChangedBy,
  ): Promise<NotificationPolicy>;
  remove(orgId: string, policyId: string, by: ChangedBy): Promise<void>;
  /** Throws `conflict` unless `ids` are exactly the policies that there are. */
  reorder(orgId: string, ids: readonly string[], by: ChangedBy): Promise<NotificationPolicies>;
};

type Deps = NotificationsContext & PolicyReferenceDeps;

export function createPolicyService(context: Deps): PolicyService {
  const { store, makeId, audit } = context;

  async function list(orgId: string): Promise<NotificationPolicies> {
    const items = (await readPolicies(store.read, orgId)).map(toNotificationPolicy);
    const names = await readReferenceNames(context, store.read, orgId, items);
    return { items, usesDefault: items.length === 0, names };
  }

  return {
    list,
    async create(orgId, { name, isEnabled, ...definition }, by) {
      const created = await store.transaction(async (tx) => {
        await requireReferences(context, tx, orgId, { definition, before: null });
        const others = await readPolicies(tx, orgId);
        if (others.length >= MAX_POLICIES)
          throw new MusterError("conflict", `An organization has at most ${MAX_POLICIES} policies.`);
        const row: PolicyRow = {
          id: makeId(),
          org_id: orgId,
          position: (others.at(-1)?.position ?? 0) + 1,
          name,
          is_enabled: isEnabled ? 1 : 0,
          definition: JSON.stringify(definition),
          ...UNEDITED,
        };
        await insertPolicy(tx, row);
        await audit.record(tx, entryOf(row, "notification-policy.created", by));
        return row;
      });
      return toNotificationPolicy(created);
    },
    change: createChange(context),
    remove: (orgId, policyId, by) =>
      store.transaction(async (tx) => {
        const row = await requirePolicy(tx, orgId, policyId);
        await deletePolicy(tx, orgId, policyId);
        await audit.record(tx, entryOf(row, "notification-policy.removed", by));
      }),
    async reorder(orgId, ids, by) {
      await store.transaction(async (tx) => {
        const rows = await readPolicies(tx, orgId);
        const isSame = ids.length === rows.length && rows.every(({ id }) => ids.includes(id));
        if (!isSame || new Set(ids).size !== ids.length)
          throw new MusterError("conflict", "The policies are others by now. Load the list again.");
        for (const [index, id] of ids.entries()) await movePolicy(tx, orgId, id, index + 1);
        const [first] = rows;
        if (first) await audit.record(tx, entryOf(first, "notification-policy.reordered", by));
      });
      return list(orgId);
    },
  };
}

function createChange(deps: Deps): PolicyService["change"] {
  const { store, clock, audit } = deps;
  return async (orgId, policyId, { change, version }, by) => {
    const changed = await store.transaction(async (tx) => {
      const before = await requirePolicy(tx, orgId, policyId);
      assertVersion(version, toEditInfo(before));
      const { name = before.name, isEnabled = before.is_enabled === 1, ...fields } = change;
      const definition = PolicyDefinition.parse({ ...definitionOf(before), ...fields });
      await requireReferences(deps, tx, orgId, { definition, before: definitionOf(before) });
      const after: PolicyRow = {
        ...before,
        name,
        is_enabled: isEnabled ? 1 : 0,
        definition: JSON.stringify(definition),
        ...nextEdit(before, by.actor, clock.now()),
      };
      // Another server may have changed the policy since it was read.
      if (!(await updatePolicy(tx, after, before.edit_version)))
        assertVersion(before.edit_version, toEditInfo({ ...before, edit_version: before.edit_version + 1 }));
      const details = {
        changes: changesOf(auditedFields(before), auditedFields(after)),
        ...(Object.keys(fields).length > 0 && { definition: "changed" }),
      };
      await audit.record(tx, { ...entryOf(after, "notification-policy.changed", by), details });
      return after;
    });
    return toNotificationPolicy(changed);
  };
}

async function requirePolicy(tx: Transaction<Tables>, orgId: string, policyId: string): Promise<PolicyRow> {
  const row = await findPolicy(tx, orgId, policyId);
  if (!row) throw new MusterError("not-found", "There is no notification policy with this id.");
  return row;
}

function auditedFields({ name, is_enabled }: PolicyRow) {
  return { name, isEnabled: is_enabled === 1 };
}

function entryOf({ id, org_id, name }: PolicyRow, action: AuditAction, by: ChangedBy) {
  return { orgId: org_id, ...by, action, subject: { type: "notification-policy", id, name } };
}
