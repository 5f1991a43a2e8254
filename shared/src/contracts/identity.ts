import { z } from "zod";
import { LANGUAGE_CODES } from "../i18n/languages.ts";
import { Id } from "../ids.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "../password/password-rules.ts";
import { AlarmRulePackId } from "./alarm-rule-pack.ts";
import { EditInfo } from "./edit-info.ts";
import { NewSupportContact, SupportContact } from "./device-support.ts";
import { CustomerLimit, CustomerRef } from "./customer.ts";
import { LegacyMachineId } from "./legacy-system.ts";
import { pageOf } from "./page.ts";
import { Instant, name } from "./text.ts";

/** Role of a user in an organization, from the fewest rights to the most. */
export const Role = z.enum(["viewer", "operator", "admin", "owner"]);
export type Role = z.infer<typeof Role>;

/** An e-mail address, in lower case. */
export const Email = z.email().max(254).toLowerCase();

/**
 * 10 to 200 characters, at least 5 of them different. Rejected are common passwords, sequences such as "abcdefghij", and the user's own
 * name, e-mail address or organization, also with added digits or signs.
 */
export const Password = z
  .string()
  .min(MIN_PASSWORD_LENGTH, "must have at least 10 characters")
  .max(MAX_PASSWORD_LENGTH);

/** An organization and its settings. */
export const Organization = z.object({
  id: Id,
  /** Name of the organization; null before its set-up. */
  name: z.string().nullable(),
  /** Seconds without a report after which a device is offline. */
  offlineAfterS: z.number().int(),
  /** Seconds between two reports of a device. */
  reportIntervalS: z.number().int(),
  /** Maximum seconds of a pause by a local user; null for no limit, 0 for no pause. */
  longestPauseS: z.number().int().min(0).nullable().default(null),
  /** Whom the people at the machines ask for help; null until it is entered. */
  supportContact: SupportContact.nullable().default(null),
  createdAt: Instant,
  ...EditInfo.shape,
});
export type Organization = z.infer<typeof Organization>;

/** Settings to change. Fields that are left out stay as they are. */
export const OrganizationChange = z
  .strictObject({
    /** Name of the organization. */
    name: name(100),
    /** Seconds without a report after which a device is offline. */
    offlineAfterS: z.number().int().min(60).max(86_400),
    /** Seconds between two reports of a device. */
    reportIntervalS: z.number().int().min(5).max(3600),
    /** Maximum seconds of a pause by a local user; null for no limit, 0 for no pause. */
    longestPauseS: z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400)
      .nullable(),
    /** Whom the people at the machines ask for help; null for nobody. */
    supportContact: NewSupportContact.nullable(),
  })
  .partial();
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** Whether this server is set up. */
export const SetupState = z.object({
  /** True until the set-up link has been used and an owner exists. */
  needed: z.boolean(),
});
export type SetupState = z.infer<typeof SetupState>;

/** Names the first organization and creates its owner. */
export const SetupRequest = z.strictObject({
  /** Name of the organization. */
  organizationName: name(100),
  /** Name of its owner. */
  name: name(100),
  /** E-mail address of its owner. */
  email: Email,
  password: Password,
  /** The set of alarm rules that the organization starts with. */
  alarmRules: AlarmRulePackId.default("muster"),
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

/** A language of Muster. */
export const UserLanguage = z.enum(LANGUAGE_CODES);

/** The language in which the user reads mails. */
export const LanguageChange = z.strictObject({ language: UserLanguage });
export type LanguageChange = z.infer<typeof LanguageChange>;

/** The signed-in user, their organization and memberships: answer of GET /api/v1/me. */
export const Me = z.object({
  /** The user. */
  user: z.object({
    id: Id,
    /** Name of the user. */
    name: z.string(),
    /** E-mail address of the user. */
    email: z.string(),
    /** The language of mails to the user; null until it is known. */
    language: UserLanguage.nullable().default(null),
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
  /** Organizations that the user may join. They cannot see the account before. */
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
  /** True when the user is a server administrator, who may see what concerns the whole server, such as its metrics. */
  isServerAdmin: z.boolean().default(false),
  /** Customers that the user is limited to in this organization; null for no limit. */
  customers: z.array(CustomerRef).nullable().default(null),
  /** Position in the stream of changes: `GET /api/v1/stream?since=` sends what changed after this answer. */
  streamPosition: z.string().max(100).nullable().default(null),
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
  /** Customers that the member is limited to; null for no limit. */
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
/** Fields of a member to change. Fields that are left out stay as they are. */
export const UserChange = z
  .strictObject({
    /** Name of the user. */
    name: name(100),
    role: Role,
    /** Ids of the customers that the member is limited to; null removes the limit. */
    customerIds: CustomerLimit,
  })
  .partial();
export type UserChange = z.infer<typeof UserChange>;

/** A scope of an API key. The key is also limited by the current role of its creator. `reboot` is a scope of its own because it interrupts users. */
export const Scope = z.enum(["read", "write", "act", "reboot", "metrics"]);
export type Scope = z.infer<typeof Scope>;

/** Rights of a key on the routes of a legacy system: those of its agents or those of its operators. */
export const LegacyGrant = z.enum(["dashfleet-agent", "dashfleet-operator"]);
export type LegacyGrant = z.infer<typeof LegacyGrant>;

/** An API key as it is listed, without its secret. */
export const ApiKey = z.object({
  id: Id,
  /** Name of the key. */
  name: z.string(),
  /** First characters of the secret, to recognize it. */
  prefix: z.string(),
  /** Scopes of the key; empty for a key that works only on the routes of a legacy system. */
  scopes: z.array(Scope),
  /** Rights on the routes of a legacy system. */
  compat: z.array(LegacyGrant).default([]),
  /** The only machine of a legacy system that the key may report for; null for any machine. */
  compatMachineId: z.string().nullable().default(null),
  /** Customers that the key is limited to; null for no limit. A limit of its creator applies too. */
  customers: z.array(CustomerRef).nullable().default(null),
  createdAt: Instant,
  /** Name of the user who created it. */
  createdBy: z.string(),
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  ...EditInfo.shape,
});
export type ApiKey = z.infer<typeof ApiKey>;
/** A page of API keys. */
export const ApiKeyPage = pageOf(ApiKey);

/** An API key to create. */
export const NewApiKey = z.strictObject({
  /** Name of the key. */
  name: name(100),
  /** Scopes of the key. */
  scopes: z.array(Scope).min(1).max(5),
  /** Days until the key expires; null for no expiry. */
  validDays: z.number().int().min(1).max(3650).nullable().default(365),
  /** Limits the key to these customers. */
  customerIds: CustomerLimit.optional(),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

/** The customers that an API key is limited to from now on. */
export const ApiKeyLimit = z.strictObject({
  /** Ids of the customers; null removes the limit. */
  customerIds: CustomerLimit,
});
export type ApiKeyLimit = z.infer<typeof ApiKeyLimit>;

/** A key for the routes of a legacy system. Only the command line creates such keys. */
export const NewLegacyKey = z.strictObject({
  name: name(100),
  grants: z.array(LegacyGrant).min(1).max(2),
  machineId: LegacyMachineId.nullable().default(null),
});
export type NewLegacyKey = z.infer<typeof NewLegacyKey>;

/** Answer to a new key (201). The secret is returned only once. */
export const ApiKeyCreated = z.object({
  /** The key as it is listed. */
  key: ApiKey,
  /** Secret of the key, to be sent as `Authorization: Bearer`. */
  secret: z.string(),
});
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>;
