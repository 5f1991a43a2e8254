import type { Role } from "@muster/shared/contracts/identity.ts";
import { hasRole } from "../../platform/http/access.ts";

/** What a change of a membership looks like. `from` is null for a new member, `to` is null for one who goes. */
export type RoleChange = { actorRole: Role; isSelf: boolean; from: Role | null; to: Role | null };

/** Why a change of a membership is refused, as a sentence; null when it is allowed. The last owner is another rule. */
export function whyRoleChangeIsRefused({ actorRole, isSelf, from, to }: RoleChange): string | null {
  if (!hasRole(actorRole, "admin")) return "Only admins and owners may change who is a member.";
  if (isSelf && from !== null && to !== null && !hasRole(from, to)) return "Nobody may raise their own role.";
  if (actorRole !== "owner" && (from === "owner" || to === "owner")) {
    return "Only an owner may make, change or remove an owner.";
  }
  return null;
}
