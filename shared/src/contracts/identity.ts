import { z } from "zod";
import { Id } from "../ids.ts";
import { CustomerLimit, CustomerRef } from "./customer.ts";
import { LegacyMachineId } from "./legacy-system.ts";
import { Instant, name } from "./text.ts";

/** Rights of a person in one organization, least to most. */
export const Role = z.enum(["viewer", "operator", "admin", "owner"]);
export type Role = z.infer<typeof Role>;

export const Email = z.email().max(254).toLowerCase();

/** 10 to 200 characters; length is the only rule, known leaked ones are refused by the server. */
export const Password = z.string().min(10, "must have at least 10 characters").max(200);

export const Organization = z.object({
  id: Id,
  /** Null until set-up gave it a name. */
  name: z.string().nullable(),
  /** Seconds of silence after which a device is offline. */
  offlineAfterS: z.number().int(),
  reportIntervalS: z.number().int(),
  /** True when the figures of devices of older systems may be read by anybody: GET /api/fleet/public. Off unless chosen. */
  hasStatusPage: z.boolean().default(false),
  /** Seconds that the person at a machine may pause its agent for at most: null for no limit, 0 for not at all. */
  longestPauseS: z.number().int().min(0).nullable().default(null),
  createdAt: Instant,
});
export type Organization = z.infer<typeof Organization>;

export const OrganizationChange = z
  .strictObject({
    name: name(100),
    offlineAfterS: z.number().int().min(60).max(86_400),
    reportIntervalS: z.number().int().min(5).max(3600),
    hasStatusPage: z.boolean(),
    longestPauseS: z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400)
      .nullable(),
  })
  .partial();
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** `needed`: this server has no owner yet, and waits for its set-up link to be opened. */
export const SetupState = z.object({ needed: z.boolean() });
export type SetupState = z.infer<typeof SetupState>;

/** The set-up page's form: names the first organization and makes its owner. */
export const SetupRequest = z.strictObject({
  organizationName: name(100),
  name: name(100),
  email: Email,
  password: Password,
});
export type SetupRequest = z.infer<typeof SetupRequest>;

export const LoginRequest = z.strictObject({ email: z.string().max(254), password: z.string().max(200) });
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Who is asking: the answer of GET /api/v1/me. */
export const Me = z.object({
  user: z.object({ id: Id, name: z.string(), email: z.string() }),
  organization: Organization,
  role: Role,
  memberships: z.array(z.object({ organizationId: Id, organizationName: z.string().nullable(), role: Role })),
  /** Organizations that the user may join; nothing is shared with them before. */
  invitations: z.array(z.object({ id: Id, organizationName: z.string().nullable(), role: Role })).default([]),
  /** True when the user may see what concerns the whole server, as its metrics. */
  isServerAdmin: z.boolean().default(false),
  /** The customers that the user is limited to here; null without a limit. */
  customers: z.array(CustomerRef).nullable().default(null),
});
export type Me = z.infer<typeof Me>;

export const PasswordChange = z.strictObject({ current: z.string().max(200), next: Password });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const User = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  /** The customers that the member is limited to; null without a limit. */
  customers: z.array(CustomerRef).nullable().default(null),
  createdAt: Instant,
  lastLoginAt: Instant.nullable(),
});
export type User = z.infer<typeof User>;

export const NewUser = z.strictObject({
  name: name(100),
  email: Email,
  role: Role,
  password: Password,
  /** Limits the member to these customers; an owner has no limit. */
  customerIds: CustomerLimit.optional(),
});
export type NewUser = z.infer<typeof NewUser>;
export const UserChange = z
  .strictObject({
    name: name(100),
    role: Role,
    /** The customers that the member is limited to from now on; null ends the limit. */
    customerIds: CustomerLimit,
  })
  .partial();
export type UserChange = z.infer<typeof UserChange>;

/** What an API key may do. Its right is the scope and its creator's present role, whichever is less. `reboot` is apart from `act`. */
export const Scope = z.enum(["read", "write", "act", "reboot", "metrics"]);
export type Scope = z.infer<typeof Scope>;

/** What a key may do on the routes of an older system: speak for machines, or for the people who look after them. */
export const LegacyGrant = z.enum(["dashfleet-agent", "dashfleet-operator"]);
export type LegacyGrant = z.infer<typeof LegacyGrant>;

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** First characters of the secret, to recognise it by. */
  prefix: z.string(),
  /** Empty for a key that works on an older system's routes alone. */
  scopes: z.array(Scope),
  compat: z.array(LegacyGrant).default([]),
  /** The one machine of an older system that the key may name; null for any. */
  compatMachineId: z.string().nullable().default(null),
  /** The customers that the key is limited to; null without a limit of its own. A limit of its creator counts as well. */
  customers: z.array(CustomerRef).nullable().default(null),
  createdAt: Instant,
  createdBy: z.string(),
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const NewApiKey = z.strictObject({
  name: name(100),
  scopes: z.array(Scope).min(1).max(5),
  /** Days from now; null means it does not expire. */
  validDays: z.number().int().min(1).max(3650).nullable().default(365),
  /** Limits the key to these customers. */
  customerIds: CustomerLimit.optional(),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

/** Asks for a key for an older system's routes; the command line alone makes them. */
export const NewLegacyKey = z.strictObject({
  name: name(100),
  grants: z.array(LegacyGrant).min(1).max(2),
  machineId: LegacyMachineId.nullable().default(null),
});
export type NewLegacyKey = z.infer<typeof NewLegacyKey>;

/** Answer to a new key (201): the secret is shown this once. */
export const ApiKeyCreated = z.object({ key: ApiKey, secret: z.string() });
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>;
