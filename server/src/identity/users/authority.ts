import type { Role } from "@muster/shared/contracts/identity.ts";
import type { UserCaller } from "../../platform/http/caller.ts";
import { type Actor, actorOf } from "../audit/actor.ts";

/** Who changes the members of an organization: a member, or a user of the server's shell, who may do everything. */
export type Authority =
  | { kind: "member"; userId: string; actor: Actor; requestId: string | null }
  | { kind: "command-line"; actor: Actor; requestId: null };

export function authorityOf(caller: UserCaller, requestId: string): Authority {
  return { kind: "member", userId: caller.userId, actor: actorOf(caller), requestId };
}

/** The role that an authority acts with. `memberRole` is the current role of the member. */
export function actingRole(authority: Authority, memberRole: Role | undefined): Role {
  return authority.kind === "command-line" ? "owner" : (memberRole ?? "viewer");
}
