import type { PolicyDefinition } from "@muster/shared/contracts/notification-policy.ts";
import type { Kysely, Transaction } from "kysely";
import { readMemberContacts } from "../../../identity/index.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { MusterError } from "../../../platform/errors.ts";
import { readChannels } from "../channels/channel.repository.ts";
import type { FindNames, FindPolicyRules } from "../notice.ts";

export type PolicyReferenceDeps = { findCustomers: FindNames; findRules: FindPolicyRules };

/**
 * Throws `bad-request` for customers, rules, users and channels that the organization does not have. What `before` named already may stay:
 * a user who left must not prevent other changes.
 */
export async function requireReferences(
  { findCustomers, findRules }: PolicyReferenceDeps,
  tx: Transaction<Tables>,
  orgId: string,
  { definition, before }: { definition: PolicyDefinition; before: PolicyDefinition | null },
): Promise<void> {
  const kept = new Set((before ? referencesOf(before) : []).flatMap(({ ids }) => ids));
  const known = {
    customer: new Set((await findCustomers(tx, orgId, definition.match.customerIds)).keys()),
    rule: new Set((await findRules(tx, orgId, definition.match.ruleIds)).keys()),
    user: new Set((await readMemberContacts(tx, orgId)).map(({ userId }) => userId)),
    channel: new Set((await readChannels(tx, orgId)).map(({ id }) => id)),
  };
  const details = referencesOf(definition).flatMap(({ path, ids, what }) =>
    ids.flatMap((id, index) =>
      kept.has(id) || known[what].has(id)
        ? []
        : [{ path: `${path}.${index}`, message: `must be the id of a ${what} of the organization` }],
    ),
  );
  if (details.length > 0)
    throw new MusterError("bad-request", "The policy names something that does not exist.", { details });
}

function referencesOf({ match, recipients, escalateTo }: PolicyDefinition) {
  return [
    { path: "match.customerIds", ids: match.customerIds, what: "customer" },
    { path: "match.ruleIds", ids: match.ruleIds, what: "rule" },
    { path: "recipients.channelIds", ids: recipients.channelIds, what: "channel" },
    { path: "recipients.userIds", ids: recipients.userIds, what: "user" },
    { path: "escalateTo.channelIds", ids: escalateTo.channelIds, what: "channel" },
    { path: "escalateTo.userIds", ids: escalateTo.userIds, what: "user" },
  ] as const;
}

/** The names of everything that policies name, by its id. */
export async function readReferenceNames(
  { findCustomers, findRules }: PolicyReferenceDeps,
  db: Kysely<Tables>,
  orgId: string,
  definitions: readonly PolicyDefinition[],
): Promise<Record<string, string>> {
  const named = definitions.flatMap(referencesOf);
  const idsOf = (what: "customer" | "rule") => [
    ...new Set(named.flatMap((reference) => (reference.what === what ? reference.ids : []))),
  ];
  const wanted = new Set(named.flatMap(({ ids }) => ids));
  const users = (await readMemberContacts(db, orgId)).map(({ userId, name }) => [userId, name] as const);
  const channels = (await readChannels(db, orgId)).map(({ id, name }) => [id, name] as const);
  const customers = await findCustomers(db, orgId, idsOf("customer"));
  const rules = [...(await findRules(db, orgId, idsOf("rule")))].map(([id, { name }]) => [id, name] as const);
  const known = [...users, ...channels, ...customers, ...rules];
  return Object.fromEntries(known.filter(([id]) => wanted.has(id)));
}
