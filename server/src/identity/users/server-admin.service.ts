import { MusterError } from "../../platform/errors.ts";
import type { Actor } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { findUser, findUserByEmail, listMembershipsOf, setServerAdmin } from "./user.system-repository.ts";

/** Who may see what concerns the whole server: the owner who set it up, and whoever the operator names on the command line. */
export type ServerAdmins = {
  /** Grants or takes away the right. Keys of the user lose or get back the scope `metrics` with it. Throws `not-found`. */
  set(email: string, isServerAdmin: boolean, actor: Actor): Promise<void>;
  /** Throws `forbidden` for a user who has not the right. */
  require(userId: string): Promise<void>;
};

export function createServerAdmins(
  { store, events }: IdentityContext,
  { audit }: { audit: Audit },
): ServerAdmins {
  return {
    async set(email, isServerAdmin, actor) {
      const user = await findUserByEmail(store.read, email);
      if (!user) throw new MusterError("not-found", "There is no such user.");
      const memberships = await store.transaction(async (tx) => {
        await setServerAdmin(tx, user.id, isServerAdmin);
        await raiseAuthEpoch(tx);
        const joined = await listMembershipsOf(tx, user.id);
        for (const { orgId } of joined) {
          await audit.record(tx, {
            orgId,
            actor,
            action: isServerAdmin ? "user.server-admin-granted" : "user.server-admin-revoked",
            subject: { type: "user", id: user.id, name: user.name },
            requestId: null,
          });
        }
        return joined;
      });
      for (const { orgId } of memberships)
        events.publish({ topic: "credential.changed", orgId, ids: [user.id] });
    },
    async require(userId) {
      if ((await findUser(store.read, userId))?.is_server_admin === 1) return;
      throw new MusterError("forbidden", "Only a server administrator may do this.");
    },
  };
}
