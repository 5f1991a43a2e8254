import type { Role } from "@muster/shared/contracts/identity.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { hasRole } from "../../platform/http/access.ts";
import { lockOrganization } from "../organizations/organization.repository.ts";
import { actingRole, type Authority } from "./authority.ts";
import { countOwners, findMember } from "./membership.repository.ts";

export type MembershipChange = { userId: string | null; from: Role | null; to: Role | null };

/**
 * Locks the memberships of the organization. Call it first in the transaction: what is read afterwards stays true until it ends.
 * Throws `not-found` for an unknown organization.
 */
export async function lockMemberships(tx: Transaction<Tables>, orgId: string, at: number): Promise<void> {
  if (!(await lockOrganization(tx, orgId, at))) {
    throw new MusterError("not-found", "There is no such organization.");
  }
}

/** Throws `forbidden` when `authority` may not make the change to an invitation. */
export async function assertMayChangeInvitation(
  db: Kysely<Tables>,
  orgId: string,
  authority: Authority,
  { userId, from, to }: MembershipChange,
): Promise<void> {
  // Read again, because the caller's role may have changed since the request was authenticated.
  const actor = authority.kind === "member" ? await findMember(db, orgId, authority.userId) : undefined;
  const isSelf = authority.kind === "member" && authority.userId === userId;
  const reason = roleChangeRejection({ actorRole: actingRole(authority, actor?.role), isSelf, from, to });
  if (reason !== null) throw new MusterError("forbidden", reason);
  if (actor?.is_limited === 1) {
    throw new MusterError("forbidden", "Members with a customer limit cannot change members.");
  }
}

/** Throws `bad-request` for an owner with a customer limit: somebody has to reach everything. */
export function assertMayBeLimited(role: Role, isLimited: boolean): void {
  if (!isLimited || role !== "owner") return;
  throw new MusterError("bad-request", "An owner cannot be limited to customers.", {
    details: [{ path: "customerIds", message: "must be null for an owner" }],
  });
}

/** Throws `forbidden` when `authority` may not make the change, and `conflict` when no owner would remain. */
export async function assertMayChangeMembership(
  db: Kysely<Tables>,
  orgId: string,
  authority: Authority,
  change: MembershipChange,
): Promise<void> {
  await assertMayChangeInvitation(db, orgId, authority, change);
  const { from, to } = change;
  if (from === "owner" && to !== "owner" && (await countOwners(db, orgId)) <= 1) {
    throw new MusterError("conflict", "The last owner cannot be changed. Make another user an owner first.");
  }
}

/** A change of a membership. `from` is null for a new member, `to` is null when a member is removed. */
export type RoleChange = { actorRole: Role; isSelf: boolean; from: Role | null; to: Role | null };

/** Why a change of a membership is not allowed, as a sentence; null when it is allowed. Does not check for the last owner. */
export function roleChangeRejection({ actorRole, isSelf, from, to }: RoleChange): string | null {
  if (!hasRole(actorRole, "admin")) return "Only admins and owners may change members.";
  if (isSelf && from !== null && to !== null && !hasRole(from, to)) return "Nobody may raise their own role.";
  if (actorRole !== "owner" && (from === "owner" || to === "owner")) {
    return "Only an owner may make, change or remove an owner.";
  }
  return null;
}
