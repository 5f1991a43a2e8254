import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { UserCaller } from "../../platform/http/caller.ts";
import { actorOf } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { deleteInvitation, type InvitationRow } from "./invitation.repository.ts";
import { findInvitationOf } from "./invitation.system-repository.ts";
import { insertMembership } from "./membership.repository.ts";
import { lockMemberships } from "./role-guard.ts";
import { deleteLimit, moveLimit } from "../customers/customer-limit.repository.ts";

export type Invitations = {
  /** Makes the invited user a member. Throws `not-found` for an invitation of somebody else. */
  accept(id: string, caller: UserCaller, requestId: string): Promise<void>;
  /** Removes an invitation of the user. Throws `not-found`. */
  decline(id: string, caller: UserCaller, requestId: string): Promise<void>;
};

export function createInvitations(platform: IdentityContext, { audit }: { audit: Audit }): Invitations {
  const { store, clock, events } = platform;

  /** Removes the invitation, so that of two parallel answers one counts. */
  async function take(tx: Transaction<Tables>, id: string, userId: string): Promise<InvitationRow> {
    const invitation = await findInvitationOf(tx, userId, id);
    if (!invitation || !(await deleteInvitation(tx, invitation.org_id, id))) {
      throw new MusterError("not-found", "There is no such invitation.");
    }
    return invitation;
  }

  return {
    async accept(id, caller, requestId) {
      const { userId } = caller;
      const orgId = await store.transaction(async (tx) => {
        const { org_id, role, is_limited } = await take(tx, id, userId);
        const at = clock.now();
        await lockMemberships(tx, org_id, at);
        await insertMembership(tx, org_id, { userId, role, isLimited: is_limited === 1, at });
        await moveLimit(tx, org_id, id, userId);
        await raiseAuthEpoch(tx);
        await audit.record(tx, {
          orgId: org_id,
          actor: actorOf(caller),
          action: "user.invitation-accepted",
          subject: { type: "user", id: userId, name: caller.name },
          details: { role, invitation: id },
          requestId,
        });
        return org_id;
      });
      events.publish({ topic: "credential.changed", orgId, ids: [userId] });
    },
    async decline(id, caller, requestId) {
      await store.transaction(async (tx) => {
        const { org_id, name } = await take(tx, id, caller.userId);
        await deleteLimit(tx, { orgId: org_id, holderId: id });
        await audit.record(tx, {
          orgId: org_id,
          actor: { type: "user", id, name },
          action: "user.invitation-declined",
          subject: { type: "user", id, name },
          requestId,
        });
      });
    },
  };
}
