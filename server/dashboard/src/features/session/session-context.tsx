import type { Me, Role } from "@muster/shared/contracts/identity.ts";
import { createContext, useContext } from "react";

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2, owner: 3 };

/** Whether a role has at least the rights of another. */
function isAtLeast(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

export const SessionContext = createContext<Me | null>(null);

/** Who is signed in, and whether that person may do what needs the role `least`. */
export function useSession(): Me & { may: (least: Role) => boolean } {
  const me = useContext(SessionContext);
  if (!me) throw new Error("useSession is only for pages inside SessionGate");
  return { ...me, may: (least) => isAtLeast(me.role, least) };
}
