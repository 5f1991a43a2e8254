import type { NewUser, User } from "@muster/shared/contracts/identity.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Audit } from "../audit/audit.service.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { PasswordHasher } from "../secrets/password-hasher.ts";
import type { Authority } from "./authority.ts";
import { findMember, insertMembership, type Member, readMembers } from "./membership.repository.ts";
import { assertPasswordAllowed } from "./password.service.ts";
import { assertMayChangeMembership, lockMemberships } from "./role-guard.ts";
import { findUserByEmail, insertUser, type UserRow } from "./user.system-repository.ts";

export type Users = {
  /** Members of an organization, newest account first. */
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: User[]; nextCursor: string | null }>;
  /**
   * Creates an account that belongs to `orgId`. For members, an address that already has an account is a `conflict`: otherwise they could
   * add an account whose password others know. The command line adds the existing account with its password.
   */
  create(orgId: string, input: NewUser, authority: Authority): Promise<{ user: User; hadAccount: boolean }>;
};

export function createUsers(
  { store, clock, makeId }: IdentityContext,
  { audit, hasher }: { audit: Audit; hasher: PasswordHasher },
): Users {
  async function accountFor(tx: Transaction<Tables>, orgId: string, fresh: UserRow, authority: Authority) {
    if (await insertUser(tx, fresh)) return fresh;
    const existing = await findUserByEmail(tx, fresh.email);
    if (!existing) throw new MusterError("conflict", "The account was removed at the same time. Try again.");
    if (await findMember(tx, orgId, existing.id)) {
      throw new MusterError("conflict", "This e-mail address already belongs to a member.");
    }
    if (authority.kind === "command-line") return existing;
    throw new MusterError(
      "conflict",
      "This e-mail address already has an account on this server. The operator of the server can add it to your organization with muster user create.",
    );
  }

  return {
    async list(orgId, query) {
      const page = readIdPage(query);
      return toIdPage(await readMembers(store.read, orgId, page), page.limit, toUser);
    },
    async create(orgId, input, authority) {
      assertPasswordAllowed("password", input.password, [input.name, input.email]);
      const passwordHash = await hasher.hash(input.password);
      return store.transaction(async (tx) => {
        const at = clock.now();
        await lockMemberships(tx, orgId, at);
        await assertMayChangeMembership(tx, orgId, authority, { userId: null, from: null, to: input.role });
        const fresh: UserRow = {
          id: makeId(),
          email: input.email,
          name: input.name,
          password_hash: passwordHash,
          created_at: at,
          last_login_at: null,
        };
        const account = await accountFor(tx, orgId, fresh, authority);
        const hadAccount = account !== fresh;
        await insertMembership(tx, orgId, { userId: account.id, role: input.role, at });
        await audit.record(tx, {
          orgId,
          actor: authority.actor,
          action: "user.created",
          subject: { type: "user", id: account.id, name: account.name },
          details: { email: account.email, role: input.role, hadAccount },
          requestId: authority.requestId,
        });
        return { user: toUser({ ...account, role: input.role }), hadAccount };
      });
    },
  };
}

export function toUser(member: Member): User {
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: member.role,
    createdAt: toInstant(member.created_at),
    lastLoginAt: toNullableInstant(member.last_login_at),
  };
}
