import type { Role } from "@muster/shared/contracts/identity.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { readLimits } from "../customers/customer-limit.repository.ts";

/** How a member can be reached, and what about. */
export type MemberContact = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** The language that the member reads; null while it is not known. */
  language: Language | null;
  /** The customers that the member is limited to; null without a limit. */
  customerIds: readonly string[] | null;
};

/** All members of an organization. */
export async function readMemberContacts(db: Kysely<Tables>, orgId: string): Promise<MemberContact[]> {
  const rows = await db
    .selectFrom("memberships as m")
    .innerJoin("users as u", "u.id", "m.user_id")
    .select(["u.id", "u.name", "u.email", "u.language", "m.role", "m.is_limited"])
    .where("m.org_id", "=", orgId)
    .orderBy("u.id")
    .execute();
  const limited = rows.filter(({ is_limited }) => is_limited === 1).map(({ id }) => id);
  const limits = await readLimits(db, orgId, limited);
  return rows.map(({ id, name, email, language, role, is_limited }) => ({
    userId: id,
    name,
    email,
    role,
    language,
    customerIds: is_limited === 1 ? (limits.get(id) ?? []) : null,
  }));
}
