import type { NewUser, User } from "@muster/shared/contracts/identity.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { toEditInfo, UNEDITED } from "../../platform/edit-version.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Audit } from "../audit/audit.service.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { PasswordHasher } from "../secrets/password-hasher.ts";
import type { Authority } from "./authority.ts";
import {
  deleteInvitationOf,
  findInvited,
  insertInvitation,
  isAddressInOrganization,
  readInvited,
} from "./invitation.repository.ts";
import { findMember, insertMembership, type Member, readMembers } from "./membership.repository.ts";
import { assertPasswordAllowed } from "./password.service.ts";
import { assertMayBeLimited, assertMayChangeMembership, lockMemberships } from "./role-guard.ts";
import { findUserByEmail, insertUser, type UserRow } from "./user.system-repository.ts";
import type { CustomerDirectory } from "../customers/customer-directory.ts";
import { writeLimit } from "../customers/customer-limit.repository.ts";
import { type LimitsByHolder, readLimitNames, requireCustomers } from "../customers/stored-limit.ts";

export type Users = {
  /** Members and invited users of an organization, newest first. */
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: User[]; nextCursor: string | null }>;
  /** A member or an invited user. Throws `not-found`. */
  get(orgId: string, userId: string): Promise<User>;
  /**
   * Creates an account that belongs to `orgId`. When the address has an account elsewhere, a member gets the same answer, and the account
   * joins once its user accepts: neither can members learn of accounts of other organizations, nor add one whose password they do not
   * know. The command line adds the existing account with its password. Throws `conflict` for an address of this organization.
   */
  create(orgId: string, input: NewUser, authority: Authority): Promise<{ user: User; hadAccount: boolean }>;
};

export function createUsers(
  { store, clock, makeId }: IdentityContext,
  deps: { audit: Audit; hasher: PasswordHasher; customers: CustomerDirectory },
): Users {
  const { audit, hasher, customers } = deps;

  /** Everything that can be refused without hashing a password. */
  async function assertMayCreate(orgId: string, input: NewUser, authority: Authority): Promise<void> {
    assertPasswordAllowed("password", input.password, [input.name, input.email]);
    assertMayBeLimited(input.role, isLimitedBy(input));
    await assertMayChangeMembership(store.read, orgId, authority, {
      userId: null,
      from: null,
      to: input.role,
    });
    // The command line may add an invited account.
    if (authority.kind === "member") await assertAddressFree(store.read, orgId, input.email);
  }

  async function assertAddressFree(db: Parameters<typeof findUserByEmail>[0], orgId: string, email: string) {
    if (!(await isAddressInOrganization(db, orgId, email))) return;
    throw new MusterError("conflict", "This e-mail address already belongs to a user of this organization.");
  }

  async function addMember(
    tx: Transaction<Tables>,
    orgId: string,
    fresh: UserRow,
    input: NewUser,
  ): Promise<Member> {
    const { role, customerIds = null } = input;
    const isLimited = isLimitedBy(input);
    await insertMembership(tx, orgId, { userId: fresh.id, role, isLimited, at: clock.now() });
    await writeLimit(tx, orgId, fresh.id, customerIds);
    return { ...fresh, ...UNEDITED, role, is_limited: isLimited ? 1 : 0 };
  }

  async function invite(
    tx: Transaction<Tables>,
    orgId: string,
    fresh: UserRow,
    existing: UserRow,
    input: NewUser,
  ): Promise<Member> {
    const { id, name, created_at } = fresh;
    const { role, customerIds = null } = input;
    const is_limited = isLimitedBy(input) ? 1 : 0;
    await insertInvitation(tx, {
      id,
      org_id: orgId,
      user_id: existing.id,
      name,
      role,
      created_at,
      is_limited,
      ...UNEDITED,
    });
    await writeLimit(tx, orgId, id, customerIds);
    return { ...fresh, ...UNEDITED, role, is_limited };
  }

  /** Adds the existing account of the address for the command line, invites it for a member. */
  async function addExisting(
    tx: Transaction<Tables>,
    orgId: string,
    fresh: UserRow,
    { input, authority }: { input: NewUser; authority: Authority },
  ): Promise<Member> {
    const existing = await findUserByEmail(tx, fresh.email);
    if (!existing) throw new MusterError("conflict", "The account was removed at the same time. Try again.");
    if (authority.kind === "member") {
      await assertAddressFree(tx, orgId, fresh.email);
      return invite(tx, orgId, fresh, existing, input);
    }
    await deleteInvitationOf(tx, orgId, existing.id);
    await assertAddressFree(tx, orgId, fresh.email);
    // Open sessions of the account learn of their new organization.
    await raiseAuthEpoch(tx);
    return addMember(tx, orgId, existing, input);
  }

  return {
    async list(orgId, query) {
      const page = readIdPage(query);
      const found = await Promise.all([
        readMembers(store.read, orgId, page),
        readInvited(store.read, orgId, page),
      ]);
      const rows = found.flat().toSorted((left, right) => (left.id < right.id ? 1 : -1));
      const shown = rows.slice(0, page.limit + 1);
      const limits = await readLimitNames(customers, store.read, orgId, shown);
      return toIdPage(shown, page.limit, (row) => toUser(row, limits));
    },
    async get(orgId, userId) {
      const member =
        (await findMember(store.read, orgId, userId)) ?? (await findInvited(store.read, orgId, userId));
      if (!member) throw new MusterError("not-found", "There is no such user.");
      return toUser(member, await readLimitNames(customers, store.read, orgId, [member]));
    },
    async create(orgId, input, authority) {
      await assertMayCreate(orgId, input, authority);
      const key = authority.kind === "member" ? authority.userId : "command line";
      const passwordHash = await hasher.hash(input.password, { share: "change", key });
      const made = await store.transaction(async (tx) => {
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
          is_server_admin: 0,
          language: null,
        };
        const { role, customerIds = null } = input;
        await requireCustomers(customers, tx, orgId, customerIds);
        const isNew = await insertUser(tx, fresh);
        const member = isNew
          ? await addMember(tx, orgId, fresh, input)
          : await addExisting(tx, orgId, fresh, { input, authority });
        const hadAccount = member.id !== fresh.id;
        await audit.record(tx, {
          orgId,
          actor: authority.actor,
          action: "user.created",
          subject: { type: "user", id: member.id, name: member.name },
          // The members of the organization read this: it does not tell an invitation from a new account.
          details: {
            email: member.email,
            role,
            ...(customerIds !== null && { customerIds }),
            ...(authority.kind === "command-line" && { hadAccount }),
          },
          requestId: authority.requestId,
        });
        return { member, hadAccount };
      });
      const limits = await readLimitNames(customers, store.read, orgId, [made.member]);
      return { user: toUser(made.member, limits), hadAccount: made.hadAccount };
    },
  };
}

function isLimitedBy({ customerIds = null }: Pick<NewUser, "customerIds">): boolean {
  return customerIds !== null;
}

export function toUser(member: Member, limits: LimitsByHolder): User {
  return {
    id: member.id,
    name: terminalLine(member.name),
    email: member.email,
    role: member.role,
    customers: limits(member),
    createdAt: toInstant(member.created_at),
    lastLoginAt: toNullableInstant(member.last_login_at),
    ...toEditInfo(member),
  };
}
