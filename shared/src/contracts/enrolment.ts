import { z } from "zod";
import { Id } from "../ids.ts";
import { SignedStatement } from "./action-delivery.ts";
import { DeviceClass, OsFamily } from "./inventory.ts";
import { pageOf } from "./page.ts";
import { EpochMs, IgnoredNames, Instant, line, name, Tag } from "./text.ts";

/** Ids that distinguish one machine from another; the agent reads them at each start. */
export const MachineIdentity = z.strictObject({
  /** The system's machine id (Linux /etc/machine-id, macOS IOPlatformUUID, Windows MachineGuid), hashed by the agent. */
  machineId: z.string().regex(/^[0-9a-f]{32,64}$/, "must be 32 to 64 hexadecimal digits"),
  /** The hypervisor's or mainboard's UUID, hashed in the same way; null when there is none. */
  hypervisorUuid: z
    .string()
    .regex(/^[0-9a-f]{32,64}$/, "must be 32 to 64 hexadecimal digits")
    .nullable(),
});
export type MachineIdentity = z.infer<typeof MachineIdentity>;

/**
 * What a device signs with each enrolment. When the answer was lost, it proves that the same device asks again; the public key alone does
 * not, because it is no secret.
 */
export const ReturningEnrolment = z.strictObject({
  says: z.literal("enrol"),
  /** The server's base URL as the agent calls it. */
  server: z.string().max(500),
  /** SHA-256 of the token, base64url. */
  tokenDigest: z.string().length(43),
  publicKey: z.string().length(43),
  at: EpochMs,
});
export type ReturningEnrolment = z.infer<typeof ReturningEnrolment>;

/** Request of a device to join an organization. The token is its only credential. */
export const EnrolmentRequest = z.strictObject({
  /** The secret of an enrolment token. */
  token: z.string().min(20).max(200),
  machine: MachineIdentity,
  /** Host name of the machine. */
  hostname: line(255),
  /** Family of the operating system. */
  osFamily: OsFamily,
  classGuess: DeviceClass,
  /** Ed25519 public key of the device, which signs its claims and results: 32 bytes, base64url without padding. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be 32 bytes in base64url"),
  /** Version of the agent. */
  agentVersion: line(40),
  /** A `ReturningEnrolment`, signed with the key of `publicKey`. */
  returning: SignedStatement.optional(),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

/** Checks a token without using it. Fails with the same codes as an enrolment. */
export const EnrolmentCheck = z.strictObject({
  /** The secret of an enrolment token. */
  token: z.string().min(20).max(200),
});
export type EnrolmentCheck = z.infer<typeof EnrolmentCheck>;

/** Answer to `EnrolmentCheck` (200). */
export const EnrolmentCheckAnswer = z.object({
  /** Name of the organization; null before its set-up. */
  organization: z.string().nullable(),
  /** True when a member has to approve the device. */
  needsApproval: z.boolean(),
});
export type EnrolmentCheckAnswer = z.infer<typeof EnrolmentCheckAnswer>;

/** Answer to an enrolment (201). The credential is returned only once. */
export const EnrolmentAnswer = z.object({
  deviceId: Id,
  /** Credential of the device, to be sent as `Authorization: Bearer`. */
  credential: z.string().min(1),
  /** The organization that the device joined. */
  organization: z.object({
    id: Id,
    /** Name of the organization; null before its set-up. */
    name: z.string().nullable(),
    /** Keys that sign actions for this organization; the device pins them. */
    signingKeys: z.array(
      z.object({
        /** Id of the key. */
        id: z.string().min(1),
        /** Ed25519 public key, base64url. */
        publicKey: z.string().min(1),
      }),
    ),
  }),
  /** Seconds between two reports. */
  intervalS: z.number().int().min(0),
  /** False until a member approves the device. It may report before. */
  approved: z.boolean(),
  /** Fields of the request that this server does not know and ignored. */
  ignored: IgnoredNames.optional(),
});
export type EnrolmentAnswer = z.infer<typeof EnrolmentAnswer>;

/** An enrolment token as it is listed, without its secret. */
export const EnrolmentToken = z.object({
  id: Id,
  /** Name of the token. */
  name: z.string(),
  createdAt: Instant,
  /** Name of the user or key that created it. */
  createdBy: z.string(),
  expiresAt: Instant,
  /** Number of devices that can still enrol with it; null for no limit. */
  usesLeft: z.number().int().nullable(),
  /** Number of devices that enrolled with it. */
  uses: z.number().int(),
  /** True when a member must approve devices that enrol with it. */
  needsApproval: z.boolean(),
  /** Name of the customer of devices that enrol with it; null for none. */
  customer: z.string().nullable(),
  /** Id of the customer of devices that enrol with it; null for none. */
  customerId: Id.nullable().default(null),
  /** Tags of devices that enrol with it. */
  tags: z.array(Tag),
  /** State of the token. */
  state: z.enum(["valid", "expired", "used-up", "revoked"]),
});
export type EnrolmentToken = z.infer<typeof EnrolmentToken>;
/** A page of enrolment tokens. */
export const EnrolmentTokenPage = pageOf(EnrolmentToken);

/** A token to create. */
export const NewEnrolmentToken = z.strictObject({
  /** Name of the token. */
  name: name(100).default("Enrolment"),
  /** Hours until the token expires, at most a year. */
  validHours: z.number().int().min(1).max(8760).default(24),
  /** Maximum number of devices that can enrol with it; null for no limit. */
  maxUses: z.number().int().min(1).max(100_000).nullable().default(1),
  /** True when a member must approve devices that enrol with it. */
  needsApproval: z.boolean().default(false),
  /** Name of the customer of devices that enrol with it; a new customer is created when none has this name. Not together with `customerId`. */
  customer: name(120).nullable().default(null),
  /** Id of the customer of devices that enrol with it; null for none. */
  customerId: Id.nullable().optional(),
  /** Tags of devices that enrol with it. */
  tags: z.array(Tag).max(20).default([]),
});
export type NewEnrolmentToken = z.infer<typeof NewEnrolmentToken>;

/** Answer to a new token (201). The secret is returned only once. */
export const EnrolmentTokenCreated = z.object({
  token: EnrolmentToken,
  /** Secret of the token, with which devices enrol. */
  secret: z.string(),
});
export type EnrolmentTokenCreated = z.infer<typeof EnrolmentTokenCreated>;
