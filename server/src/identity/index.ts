import type { Authenticate } from "../platform/http/caller.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { RetentionClock } from "../platform/jobs/retention-clock.ts";
import type { Reads } from "../platform/read-threads/reads.ts";
import { createAuditRoutes } from "./audit/audit.routes.ts";
import { type Audit, createAudit } from "./audit/audit.service.ts";
import { createLegacyKeyAuthentication } from "./legacy/legacy-key-authentication.ts";
import { type LegacyKeys, createLegacyKeys } from "./legacy/legacy-keys.service.ts";
import { readAuthEpoch } from "./credentials/auth-epoch.system-repository.ts";
import { createAuthenticate } from "./credentials/authenticate.ts";
import { createCleanUpJob } from "./credentials/clean-up.job.ts";
import { createDeviceCredentials, type DeviceCredentials } from "./credentials/device-credential.service.ts";
import { createAuthEpochJob, createAuthEpochTracker } from "./credentials/auth-epoch-tracker.ts";
import { createLastUses } from "./credentials/last-uses.ts";
import { createEnrolment, type Enrolment } from "./enrolment/enrolment.service.ts";
import { createEnrolmentTokenRoutes } from "./enrolment/enrolment-token.routes.ts";
import { createEnrolmentTokens, type EnrolmentTokens } from "./enrolment/enrolment-token.service.ts";
import type { IdentityContext } from "./identity-context.ts";
import { createApiKeyRoutes } from "./keys/api-key.routes.ts";
import { type ApiKeys, createApiKeys } from "./keys/api-key.service.ts";
import { createApiKeyAuthentication } from "./keys/api-key-authentication.ts";
import { createAuthRoutes } from "./login/auth.routes.ts";
import { createLogin } from "./login/login.service.ts";
import { createLoginThrottle } from "./login/login-throttle.ts";
import { createKnownBrowserCookie } from "./login/known-browser-cookie.ts";
import { createKnownBrowsers } from "./login/known-browsers.ts";
import { createProfile } from "./login/profile.service.ts";
import { createSessions } from "./login/session.service.ts";
import { createSessionAuthentication } from "./login/session-authentication.ts";
import { createSessionCookie } from "./login/session-cookie.ts";
import { createSignInLimits, DEFAULT_SIGN_IN_RATES, type SignInRates } from "./login/sign-in-limits.ts";
import { createThrottleReports } from "./login/throttle-reports.ts";
import { createOrganizationRoutes } from "./organizations/organization.routes.ts";
import { createOrganizations, type Organizations } from "./organizations/organization.service.ts";
import { createSignatures, type Signatures } from "./organizations/signatures.ts";
import type { Seal, Unseal } from "./organizations/signing-key.ts";
import { createInvitations } from "./users/invitation.service.ts";
import { createMembers, type Members } from "./users/member.service.ts";
import { createPasswords, type ForgetBrowsers, type Passwords } from "./users/password.service.ts";
import { createServerAdmins, type ServerAdmins } from "./users/server-admin.service.ts";
import { createUserRoutes } from "./users/user.routes.ts";
import { createUsers, type Users } from "./users/user.service.ts";
import { createPasswordHasher, type PasswordHasher } from "./secrets/password-hasher.ts";
import { createSetupRoutes } from "./setup/setup.routes.ts";
import { createSetup, type ReplaceDefaultRules, type Setup } from "./setup/setup.service.ts";
import type { CreateCustomerDirectory, CustomerDirectory } from "./customers/customer-directory.ts";
import { type CustomerReferences, createCustomerReferences } from "./customers/customer-references.ts";

export type { EnrolmentTokens } from "./enrolment/enrolment-token.service.ts";
export type { ChangedBy } from "./organizations/organization.service.ts";
export { type Actor, actorOf, commandLineActor, systemActor } from "./audit/actor.ts";
export type { CreateCustomerDirectory, CustomerDirectory } from "./customers/customer-directory.ts";
export type { CustomerReferences } from "./customers/customer-references.ts";
export { findGivenCustomer } from "./customers/given-customer.ts";
export type { LegacyKeys } from "./legacy/legacy-keys.service.ts";
export { findMember, readMemberNames } from "./users/membership.repository.ts";
export { changesOf } from "./audit/audit-changes.ts";
export type { Audit } from "./audit/audit.service.ts";
export type { DeviceCredentials } from "./credentials/device-credential.service.ts";
export type { Enrolment } from "./enrolment/enrolment.service.ts";
export type { ApiKeys, KeyCreator } from "./keys/api-key.service.ts";
export type { Organizations } from "./organizations/organization.service.ts";
export type { ServerAdmins } from "./users/server-admin.service.ts";
export { type MemberContact, readMemberContacts } from "./users/member-contact.repository.ts";
export { DEFAULT_SIGN_IN_RATES } from "./login/sign-in-limits.ts";
export type { Signatures } from "./organizations/signatures.ts";

/** Maximum time that a revoked credential is still accepted, even when the hint about it is lost. */
const MAX_EPOCH_AGE_MS = 500;

export type IdentityDeps = IdentityContext & {
  reads: Reads;
  seal: Seal;
  unseal: Unseal;
  /** True when browsers reach the server over TLS. */
  hasTls: boolean;
  /** Path of the public URL; the root when absent. */
  basePath?: string;
  /** How often one address and one known browser may sign in. */
  signInRates?: SignInRates;
  /** Hashes passwords; at the usual cost when absent. */
  hasher?: PasswordHasher;
  retentionClock: Pick<RetentionClock, "advance">;
  /** How customers are found; the module `fleet` has them. */
  createCustomers: CreateCustomerDirectory;
  /** Called when the password of a user changes; the module `alerting` sends to browsers. Nothing happens when absent. */
  forgetBrowsers?: ForgetBrowsers;
  /** Called at set-up; the module `alerting` has the rules. Nothing happens when absent. */
  replaceDefaultRules?: ReplaceDefaultRules;
};

export type Identity = {
  routes: Route[];
  jobs: Job[];
  authenticate: Authenticate;
  /**
   * Calls `listener` within a second after any right was revoked, on any server or by the command line: for streams, which stay open
   * longer than a request. Returns a function that stops it.
   */
  onRightsLost(listener: () => void): () => void;
  audit: Audit;
  customers: CustomerDirectory;
  customerReferences: CustomerReferences;
  organizations: Organizations;
  setup: Setup;
  users: Users;
  members: Members;
  serverAdmins: ServerAdmins;
  passwords: Passwords;
  apiKeys: ApiKeys;
  /** Keys for the routes of legacy systems. */
  legacyKeys: LegacyKeys;
  enrolmentTokens: EnrolmentTokens;
  enrolment: Enrolment;
  credentials: DeviceCredentials;
  signatures: Signatures;
};

/** Authentication and rights: organizations, users, sessions, keys, enrolment, device credentials and the audit log. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { store, clock, events, seal, hasTls, retentionClock, signInRates = DEFAULT_SIGN_IN_RATES } = deps;
  const { hasher = createPasswordHasher() } = deps;
  const audit = createAudit(deps);
  const customers = deps.createCustomers(audit);
  const throttle = createLoginThrottle(deps);
  const throttleReports = createThrottleReports(deps, { audit });
  const knownBrowsers = createKnownBrowsers(deps);
  const signInLimits = createSignInLimits(signInRates, { clock, knownBrowsers, throttleReports });
  const authEpoch = createAuthEpochTracker({
    read: () => readAuthEpoch(store.read),
    clock,
    maxAgeMs: MAX_EPOCH_AGE_MS,
  });
  events.subscribe("credential.changed", () => authEpoch.invalidate());
  events.onResync(() => authEpoch.invalidate());

  const organizations = createOrganizations(deps, { audit, seal });
  const profile = createProfile(deps, { organizations, customers });
  const sessions = createSessions(deps, { audit });
  const login = createLogin(deps, {
    hasher,
    throttle,
    throttleReports,
    knownBrowsers,
    sessions,
    profile,
  });
  const { forgetBrowsers = async () => undefined, replaceDefaultRules = async () => undefined } = deps;
  const entering = { audit, hasher, sessions, knownBrowsers };
  const setup = createSetup(deps, { ...entering, organizations, profile, replaceDefaultRules });
  const users = createUsers(deps, { audit, hasher, customers });
  const members = createMembers(deps, { audit, customers });
  const invitations = createInvitations(deps, { audit });
  const passwords = createPasswords(deps, { audit, hasher, throttle, forgetBrowsers });
  const apiKeys = createApiKeys(deps, { audit, customers });
  const enrolmentTokens = createEnrolmentTokens(deps, { audit, customers });
  const credentials = createDeviceCredentials(deps, { authEpoch });
  const lastUses = createLastUses(store);
  const legacyKeys = createLegacyKeys(deps, {
    audit,
    apiKeys,
    authenticate: createLegacyKeyAuthentication({ store, clock, authEpoch, lastUses }),
  });
  const cookie = createSessionCookie({ isSecure: hasTls, basePath: deps.basePath ?? "" });
  const browserCookie = createKnownBrowserCookie({ isSecure: hasTls, basePath: deps.basePath ?? "" });

  return {
    routes: [
      ...createSetupRoutes({ setup, cookie, browserCookie }),
      ...createAuthRoutes({ login, sessions, passwords, profile, cookie, browserCookie, signInLimits }),
      ...createOrganizationRoutes(organizations),
      ...createUserRoutes({ users, members, invitations }),
      ...createApiKeyRoutes(apiKeys),
      ...createEnrolmentTokenRoutes(enrolmentTokens),
      ...createAuditRoutes({ audit, reads: deps.reads }),
    ],
    jobs: [
      lastUses.job,
      throttleReports.job,
      createAuthEpochJob(authEpoch, MAX_EPOCH_AGE_MS),
      createCleanUpJob({ store, retentionClock }),
    ],
    authenticate: createAuthenticate({
      authenticateApiKey: createApiKeyAuthentication({ store, clock, authEpoch, lastUses }),
      authenticateSession: createSessionAuthentication({ store, clock, authEpoch, lastUses }),
      credentials,
    }),
    onRightsLost: authEpoch.onChange,
    audit,
    customers,
    customerReferences: createCustomerReferences(deps),
    organizations,
    setup,
    users,
    members,
    serverAdmins: createServerAdmins(deps, { audit }),
    passwords,
    apiKeys,
    legacyKeys,
    enrolmentTokens,
    enrolment: createEnrolment({ store, clock, customers }),
    credentials,
    signatures: createSignatures(deps),
  };
}
