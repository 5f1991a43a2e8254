import { z } from "zod";
import { Id } from "../ids.ts";
import { EditInfo } from "./edit-info.ts";
import { CustomerLimit, CustomerRef } from "./customer.ts";
import { LegacyMachineId } from "./legacy-system.ts";
import { pageOf } from "./page.ts";
import { Instant, name } from "./text.ts";

/** Rights of a person in one organization, least to most. */
export const Role = z.enum(["viewer", "operator", "admin", "owner"]);
export type Role = z.infer<typeof Role>;

/** An e-mail address, in lower case. */
export const Email = z.email().max(254).toLowerCase();

/** 10 to 200 characters; length is the only rule, known leaked ones are refused by the server. */
export const Password = z.string().min(10, "must have at least 10 characters").max(200);

/** An organization and its settings. */
export const Organization = z.object({
  id: Id,
  /** Null until set-up gave it a name. */
  name: z.string().nullable(),
  /** Seconds of silence after which a device is offline. */
  offlineAfterS: z.number().int(),
  /** Seconds between two reports of a device. */
  reportIntervalS: z.number().int(),
  /** True when the figures of devices of older systems may be read by anybody: GET /api/fleet/public. Off unless chosen. */
  hasStatusPage: z.boolean().default(false),
  /** Seconds that the person at a machine may pause its agent for at most: null for no limit, 0 for not at all. */
  longestPauseS: z.number().int().min(0).nullable().default(null),
  createdAt: Instant,
  ...EditInfo.shape,
});
export type Organization = z.infer<typeof Organization>;

/** Settings to change. A field that is left out stays as it is. */
export const OrganizationChange = z
  .strictObject({
    /** Name of the organization. */
    name: name(100),
    /** Seconds without a report after which a device is offline. */
    offlineAfterS: z.number().int().min(60).max(86_400),
    /** Seconds between two reports of a device. */
    reportIntervalS: z.number().int().min(5).max(3600),
    /** True when anybody may read the metrics of devices of legacy systems. */
    hasStatusPage: z.boolean(),
    /** Maximum seconds of a pause by a local user: null for no limit, 0 for no pause. */
    longestPauseS: z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400)
      .nullable(),
  })
  .partial();
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** Whether the server was set up. */
export const SetupState = z.object({
  /** True while this server has no owner yet, and waits for its set-up link to be opened. */
  needed: z.boolean(),
});
export type SetupState = z.infer<typeof SetupState>;

/** The set-up page's form: names the first organization and makes its owner. */
export const SetupRequest = z.strictObject({
  /** Name of the organization. */
  organizationName: name(100),
  /** Name of its owner. */
  name: name(100),
  /** E-mail address of its owner. */
  email: Email,
  password: Password,
});
export type SetupRequest = z.infer<typeof SetupRequest>;

/** Signs a user in. */
export const LoginRequest = z.strictObject({
  /** E-mail address of the user. */
  email: z.string().max(254),
  /** Password of the user. */
  password: z.string().max(200),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Who is asking: the answer of GET /api/v1/me. */
export const Me = z.object({
  /** The user. */
  user: z.object({
    id: Id,
    /** Name of the user. */
    name: z.string(),
    /** E-mail address of the user. */
    email: z.string(),
  }),
  /** The organization of this session. */
  organization: Organization,
  role: Role,
  /** All organizations of the user. */
  memberships: z.array(
    z.object({
      organizationId: Id,
      /** Name of the organization; null before its set-up. */
      organizationName: z.string().nullable(),
      role: Role,
    }),
  ),
  /** Organizations that the user may join; nothing is shared with them before. */
  invitations: z
    .array(
      z.object({
        id: Id,
        /** Name of the organization; null before its set-up. */
        organizationName: z.string().nullable(),
        role: Role,
      }),
    )
    .default([]),
  /** True when the user may see what concerns the whole server, as its metrics. */
  isServerAdmin: z.boolean().default(false),
  /** The customers that the user is limited to here; null without a limit. */
  customers: z.array(CustomerRef).nullable().default(null),
});
export type Me = z.infer<typeof Me>;

/** Replaces the user's password. */
export const PasswordChange = z.strictObject({
  /** The current password. */
  current: z.string().max(200),
  next: Password,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/** A member of the organization. */
export const User = z.object({
  id: Id,
  /** Name of the user. */
  name: z.string(),
  /** E-mail address of the user. */
  email: z.string(),
  role: Role,
  /** The customers that the member is limited to; null without a limit. */
  customers: z.array(CustomerRef).nullable().default(null),
  createdAt: Instant,
  lastLoginAt: Instant.nullable(),
  ...EditInfo.shape,
});
export type User = z.infer<typeof User>;
/** A page of members. */
export const UserPage = pageOf(User);

/** A member to add. */
export const NewUser = z.strictObject({
  /** Name of the user. */
  name: name(100),
  /** E-mail address of the user. */
  email: Email,
  role: Role,
  password: Password,
  /** Limits the member to these customers; an owner has no limit. */
  customerIds: CustomerLimit.optional(),
});
export type NewUser = z.infer<typeof NewUser>;
/** What to change of a member. A field that is left out stays as it is. */
export const UserChange = z
  .strictObject({
    /** Name of the user. */
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

/** An API key as it is listed; its secret is shown only in `ApiKeyCreated`. */
export const ApiKey = z.object({
  id: Id,
  /** Name of the key. */
  name: z.string(),
  /** First characters of the secret, to recognise it by. */
  prefix: z.string(),
  /** Empty for a key that works on an older system's routes alone. */
  scopes: z.array(Scope),
  /** Rights on the routes of a legacy system. */
  compat: z.array(LegacyGrant).default([]),
  /** The one machine of an older system that the key may name; null for any. */
  compatMachineId: z.string().nullable().default(null),
  /** The customers that the key is limited to; null without a limit of its own. A limit of its creator counts as well. */
  customers: z.array(CustomerRef).nullable().default(null),
  createdAt: Instant,
  /** Name of the user who created it. */
  createdBy: z.string(),
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
/** A page of API keys. */
export const ApiKeyPage = pageOf(ApiKey);

/** An API key to create. */
export const NewApiKey = z.strictObject({
  /** Name of the key. */
  name: name(100),
  /** What the key may do. */
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
export const ApiKeyCreated = z.object({
  /** The key as it is listed. */
  key: ApiKey,
  /** What is sent as `Authorization: Bearer`. */
  secret: z.string(),
});
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>;
