import type { AlarmRulePackId } from "@muster/shared/contracts/alarm-rule-pack.ts";
import type { SetupRequest } from "@muster/shared/contracts/identity.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Audit } from "../audit/audit.service.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { KnownBrowsers } from "../login/known-browsers.ts";
import type { LoginOrigin, SignedIn } from "../login/login.service.ts";
import type { Profile } from "../login/profile.service.ts";
import type { Sessions } from "../login/session.service.ts";
import { lockOrganization, updateOrganization } from "../organizations/organization.repository.ts";
import type { Organizations } from "../organizations/organization.service.ts";
import { countOwners, insertMembership } from "../users/membership.repository.ts";
import { assertPasswordAllowed } from "../users/password.service.ts";
import { hasAnyOwner, insertUser, type UserRow } from "../users/user.system-repository.ts";
import type { PasswordHasher } from "../secrets/password-hasher.ts";
import { hashSecret, isSecretOf, makeSecret } from "../secrets/secret.ts";
import {
  findUsableSetupLink,
  insertSetupLink,
  type SetupLinkRow,
  markSetupLinkUsed,
} from "./setup-link.system-repository.ts";

const SETUP_LINK_VALIDITY_MS = 3_600_000;

export type Setup = {
  /** Whether this server has no owner yet. */
  isNeeded(): Promise<boolean>;
  /** Creates a link for the first organization, valid for one hour. Returns its secret, or null when this server has an owner. */
  createLink(): Promise<string | null>;
  /** Throws `not-found` for a link that is unknown, used or expired. */
  assertUsable(secret: string): Promise<void>;
  /** Names the organization, creates its owner as a server administrator and signs them in. Of two parallel calls, one fails with `not-found`. */
  complete(secret: string, request: SetupRequest, origin: Omit<LoginOrigin, "address">): Promise<SignedIn>;
};

/** Gives an organization the alarm rules of a pack in place of the default ones. */
export type ReplaceDefaultRules = (
  tx: Transaction<Tables>,
  orgId: string,
  pack: AlarmRulePackId,
) => Promise<void>;

export function createSetup(
  { store, clock, makeId, events }: IdentityContext,
  deps: {
    audit: Audit;
    hasher: PasswordHasher;
    organizations: Organizations;
    sessions: Sessions;
    profile: Profile;
    knownBrowsers: KnownBrowsers;
    replaceDefaultRules: ReplaceDefaultRules;
  },
): Setup {
  async function requireUsableLink(secret: string): Promise<SetupLinkRow> {
    const link = isSecretOf("setupLink", secret)
      ? await findUsableSetupLink(store.read, hashSecret(secret), clock.now())
      : undefined;
    if (!link || (await countOwners(store.read, link.org_id)) > 0) throw unusableLinkError();
    return link;
  }

  async function consumeLink(tx: Transaction<Tables>, link: SetupLinkRow): Promise<void> {
    const at = clock.now();
    const isTaken =
      (await markSetupLinkUsed(tx, link.id, at)) && (await lockOrganization(tx, link.org_id, at));
    if (!isTaken || (await countOwners(tx, link.org_id)) > 0) throw unusableLinkError();
  }

  return {
    isNeeded: async () => !(await hasAnyOwner(store.read)),
    async createLink() {
      if (await hasAnyOwner(store.read)) return null;
      const { id: orgId } = await deps.organizations.ensureFirst();
      const secret = makeSecret("setupLink");
      const at = clock.now();
      await store.transaction((tx) =>
        insertSetupLink(tx, {
          id: makeId(),
          org_id: orgId,
          secret_hash: hashSecret(secret),
          created_at: at,
          expires_at: at + SETUP_LINK_VALIDITY_MS,
          used_at: null,
        }),
      );
      return secret;
    },
    async assertUsable(secret) {
      await requireUsableLink(secret);
    },
    async complete(secret, request, origin) {
      const link = await requireUsableLink(secret);
      assertPasswordAllowed("password", request.password, [
        request.name,
        request.email,
        request.organizationName,
      ]);
      const passwordHash = await deps.hasher.hash(request.password, {
        share: "change",
        key: "set-up",
      });
      const signedIn = await store.transaction(async (tx) => {
        await consumeLink(tx, link);
        const { id, name, email } = await insertOwner(tx, link.org_id, request, {
          id: makeId(),
          passwordHash,
          at: clock.now(),
        });
        await deps.audit.record(tx, {
          orgId: link.org_id,
          actor: { type: "user", id, name },
          action: "organization.set-up",
          subject: { type: "organization", id: link.org_id, name: request.organizationName },
          details: { owner: email },
          requestId: origin.requestId,
        });
        await deps.replaceDefaultRules(tx, link.org_id, request.alarmRules);
        const start = { user: { id, name }, orgId: link.org_id, ...origin };
        return {
          userId: id,
          secret: await deps.sessions.start(tx, start),
          browserSecret: await deps.knownBrowsers.renew(tx, id, origin.browserSecret),
        };
      });
      events.publish({ topic: "organization.changed", orgId: link.org_id, ids: [link.org_id] });
      const { userId, secret: sessionSecret, browserSecret } = signedIn;
      return {
        secret: sessionSecret,
        browserSecret,
        me: await deps.profile.me(userId, link.org_id),
      };
    },
  };
}

async function insertOwner(
  tx: Transaction<Tables>,
  orgId: string,
  request: SetupRequest,
  { id, passwordHash, at }: { id: string; passwordHash: string; at: number },
): Promise<UserRow> {
  const user: UserRow = {
    id,
    email: request.email,
    name: request.name,
    password_hash: passwordHash,
    created_at: at,
    last_login_at: null,
    language: null,
    is_server_admin: 1,
  };
  if (!(await insertUser(tx, user))) {
    throw new MusterError("conflict", "This e-mail address already has an account on this server.");
  }
  await updateOrganization(tx, orgId, { name: request.organizationName }, at);
  await insertMembership(tx, orgId, { userId: user.id, role: "owner", isLimited: false, at });
  return user;
}

function unusableLinkError(): MusterError {
  return new MusterError(
    "not-found",
    "This set-up link was used or has expired. Restart the server to get a new one.",
  );
}
