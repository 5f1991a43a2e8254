import { changesOf } from "../audit/audit-changes.ts";
import type { User, UserChange } from "@muster/shared/contracts/identity.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { assertVersion, nextEdit, toEditInfo } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Audit, AuditRecord } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { revokeKeysOfCreator } from "../keys/api-key.repository.ts";
import type { Authority } from "./authority.ts";
import { deleteInvitation, findInvited, updateInvitation } from "./invitation.repository.ts";
import { deleteMembership, findMember, type Member, setMemberRights } from "./membership.repository.ts";
import {
  assertMayBeLimited,
  assertMayChangeInvitation,
  assertMayChangeMembership,
  lockMemberships,
} from "./role-guard.ts";
import { toUser } from "./user.service.ts";
import { deleteUserWithoutMembership, listMembershipsOf, renameUser } from "./user.system-repository.ts";
import type { CustomerDirectory } from "../customers/customer-directory.ts";
import { deleteLimit, writeLimit } from "../customers/customer-limit.repository.ts";
import { readLimitNames, requireCustomers } from "../customers/stored-limit.ts";

export type Members = {
  /** Changes a member or an invitation. Throws `not-found`, `forbidden`, `precondition-failed` or, for the last owner, `conflict`. */
  change(
    orgId: string,
    userId: string,
    given: { change: UserChange; version: number | null },
    authority: Authority,
  ): Promise<User>;
  /** Withdraws an invitation, or ends a membership and revokes the keys that the member created. An account without other memberships is deleted. */
  remove(orgId: string, userId: string, authority: Authority): Promise<void>;
};

type GivenChange = { change: UserChange; version: number | null; authority: Authority };

export function createMembers(
  platform: IdentityContext,
  { audit, customers }: { audit: Audit; customers: CustomerDirectory },
): Members {
  const { store, clock, events } = platform;

  async function memberOf(tx: Transaction<Tables>, orgId: string, userId: string): Promise<Member> {
    const member = await findMember(tx, orgId, userId);
    if (!member) throw new MusterError("not-found", "There is no such user.");
    return member;
  }

  function publishRightsChange(orgId: string, userId: string): void {
    events.publish({ topic: "credential.changed", orgId, ids: [userId] });
  }

  async function rename(tx: Transaction<Tables>, member: Member, name: string): Promise<void> {
    if ((await listMembershipsOf(tx, member.id)).length > 1) {
      throw new MusterError(
        "conflict",
        "This user belongs to other organizations too, so the name cannot be changed here.",
      );
    }
    await renameUser(tx, member.id, name);
  }

  /** The member or invitation after the change, with its limit written. Throws `bad-request` for a limited owner. */
  async function applyChange(
    tx: Transaction<Tables>,
    orgId: string,
    before: Member,
    { change, version, authority }: GivenChange,
  ): Promise<Member> {
    assertVersion(version, toEditInfo(before));
    const { name = before.name, role = before.role, customerIds } = change;
    const isLimited = customerIds === undefined ? before.is_limited === 1 : customerIds !== null;
    assertMayBeLimited(role, isLimited);
    if (customerIds !== undefined) {
      await requireCustomers(customers, tx, orgId, customerIds);
      await writeLimit(tx, orgId, before.id, customerIds);
    }
    const edit = nextEdit(before, authority.actor, clock.now());
    return { ...before, name, role, is_limited: isLimited ? 1 : 0, ...edit };
  }

  /** Returns false when there is no such invitation. */
  async function withdrawInvitation(
    tx: Transaction<Tables>,
    orgId: string,
    id: string,
    authority: Authority,
  ): Promise<boolean> {
    const invited = await findInvited(tx, orgId, id);
    if (!invited) return false;
    const { role, email } = invited;
    await assertMayChangeInvitation(tx, orgId, authority, { userId: id, from: role, to: null });
    await deleteInvitation(tx, orgId, id);
    await deleteLimit(tx, { orgId, holderId: id });
    await audit.record(tx, {
      ...auditEntryOf(orgId, invited, authority),
      action: "user.removed",
      // As for a new account without keys: an entry does not reveal that the address has another account.
      details: { email, role, revokedKeys: 0, isAccountRemoved: true },
    });
    return true;
  }

  async function changeInvitation(
    tx: Transaction<Tables>,
    orgId: string,
    invited: Member,
    given: GivenChange,
  ): Promise<Member> {
    const { change, authority } = given;
    const membership = { userId: invited.id, from: invited.role, to: change.role ?? invited.role };
    await assertMayChangeInvitation(tx, orgId, authority, membership);
    const after = await applyChange(tx, orgId, invited, given);
    const { name, role, is_limited, edit_version, edited_at, edited_by } = after;
    const columns = { name, role, is_limited, edit_version, edited_at, edited_by };
    await updateInvitation(tx, orgId, invited.id, columns);
    await audit.record(tx, {
      ...auditEntryOf(orgId, invited, authority),
      action: "user.changed",
      details: { changes: changesOf(invited, change) },
    });
    return after;
  }

  return {
    async change(orgId, userId, { change, version }, authority) {
      const given = { change, version, authority };
      const changed = await store.transaction(async (tx) => {
        await lockMemberships(tx, orgId, clock.now());
        const invited = await findInvited(tx, orgId, userId);
        if (invited) return changeInvitation(tx, orgId, invited, given);
        const before = await memberOf(tx, orgId, userId);
        const { role = before.role } = change;
        await assertMayChangeMembership(tx, orgId, authority, { userId, from: before.role, to: role });
        const after = await applyChange(tx, orgId, before, given);
        if (after.name !== before.name) await rename(tx, before, after.name);
        await setMemberRights(tx, orgId, after.id, after);
        if (after.role !== before.role || change.customerIds !== undefined) await raiseAuthEpoch(tx);
        await audit.record(tx, {
          ...auditEntryOf(orgId, before, authority),
          action: "user.changed",
          details: { changes: changesOf(before, change) },
        });
        return after;
      });
      publishRightsChange(orgId, userId);
      return toUser(changed, await readLimitNames(customers, store.read, orgId, [changed]));
    },
    async remove(orgId, userId, authority) {
      await store.transaction(async (tx) => {
        const at = clock.now();
        await lockMemberships(tx, orgId, at);
        if (await withdrawInvitation(tx, orgId, userId, authority)) return;
        const member = await memberOf(tx, orgId, userId);
        await assertMayChangeMembership(tx, orgId, authority, { userId, from: member.role, to: null });
        const revokedKeys = await revokeKeysOfCreator(tx, orgId, userId, at);
        await deleteMembership(tx, orgId, userId);
        await deleteLimit(tx, { orgId, holderId: userId });
        const isAccountRemoved = await deleteUserWithoutMembership(tx, userId);
        await raiseAuthEpoch(tx);
        await audit.record(tx, {
          ...auditEntryOf(orgId, member, authority),
          action: "user.removed",
          details: { email: member.email, role: member.role, revokedKeys, isAccountRemoved },
        });
      });
      publishRightsChange(orgId, userId);
    },
  };
}

function auditEntryOf(
  orgId: string,
  member: Member,
  { actor, requestId }: Authority,
): Omit<AuditRecord, "action"> {
  return { orgId, actor, subject: { type: "user", id: member.id, name: member.name }, requestId };
}
