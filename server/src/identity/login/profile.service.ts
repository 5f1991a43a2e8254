import type { Me } from "@muster/shared/contracts/identity.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { MusterError } from "../../platform/errors.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { Organizations } from "../organizations/organization.service.ts";
import { listInvitationsOf } from "../users/invitation.system-repository.ts";
import { findUser, listMembershipsOf, updateLanguage } from "../users/user.system-repository.ts";
import type { CustomerDirectory } from "../customers/customer-directory.ts";
import { readLimitNames } from "../customers/stored-limit.ts";

export type Profile = {
  /** The user and their role in one of their organizations. Throws `unauthenticated` when they are no longer a member. */
  me(userId: string, orgId: string): Promise<Me>;
  /** Remembers the language in which a user reads mails, whatever the organization. */
  changeLanguage(userId: string, language: Language): Promise<void>;
};

export function createProfile(
  { store, events }: IdentityContext,
  deps: { organizations: Organizations; customers: CustomerDirectory },
): Profile {
  return {
    async me(userId, orgId) {
      // First, so that everything which the page reads after this answer is as new as the position.
      const streamPosition = events.positionOf(orgId);
      const user = await findUser(store.read, userId);
      const memberships = await listMembershipsOf(store.read, userId);
      const invitations = await listInvitationsOf(store.read, userId);
      const here = memberships.find((membership) => membership.orgId === orgId);
      if (!user || !here)
        throw new MusterError("unauthenticated", "You are no longer a member. Sign in again.");
      const limited = { id: userId, is_limited: here.isLimited };
      return {
        user: { id: user.id, name: terminalLine(user.name), email: user.email, language: user.language },
        isServerAdmin: user.is_server_admin === 1,
        organization: await deps.organizations.get(orgId),
        role: here.role,
        customers: (await readLimitNames(deps.customers, store.read, orgId, [limited]))(limited),
        memberships: memberships.map((membership) => ({
          organizationId: membership.orgId,
          organizationName: membership.orgName === null ? null : terminalLine(membership.orgName),
          role: membership.role,
        })),
        invitations: invitations.map(({ id, orgName, role }) => ({
          id,
          organizationName: orgName === null ? null : terminalLine(orgName),
          role,
        })),
        streamPosition,
      };
    },
    changeLanguage: (userId, language) => store.transaction((tx) => updateLanguage(tx, userId, language)),
  };
}
