import { z } from "zod";
import { Id } from "../ids.ts";
import { ActionErrorCode, ActionState } from "./action.ts";
import { EpochMs, line } from "./text.ts";

const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, "must be base64url");
const nonce = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be 32 bytes in base64url");
const bootId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, "must be 1 to 64 letters, digits or -");
const ed25519Signature = base64Url.length(86, "must be 64 bytes in base64url");

/**
 * An order of the server, signed as the exact bytes of its JSON. The device performs it only when a pinned key signed it, it names this
 * device and organization, it has the nonce of this claim, and it is still valid by the server's time.
 */
export const ActionOrder = z.strictObject({
  v: z.literal(1),
  organizationId: Id,
  deviceId: Id,
  actionId: Id,
  type: z.string().max(60),
  payload: z.record(z.string(), z.unknown()),
  validUntil: EpochMs,
  nonce,
  /** Name of the requester, which is shown to the local user. */
  askedBy: line(120).optional(),
});
export type ActionOrder = z.infer<typeof ActionOrder>;

/** An order with its signatures: that of the server and, later, those of keys that operators hold. */
export const ActionEnvelope = z.strictObject({
  /** The order's JSON in UTF-8, base64url. */
  order: base64Url.max(64_000),
  /** Signatures over the bytes of `order`. */
  signatures: z
    .array(
      z.strictObject({
        /** Id of the signing key. */
        keyId: z.string().max(64),
        /** Ed25519 signature, base64url. */
        signature: ed25519Signature,
      }),
    )
    .min(1)
    .max(5),
});
export type ActionEnvelope = z.infer<typeof ActionEnvelope>;

/** A signed statement of a device about its actions: a claim, a start, progress or a result. */
export const SignedStatement = z.strictObject({
  /** The statement's JSON in UTF-8, base64url. */
  statement: base64Url.max(2_000_000),
  /** Ed25519 signature of the device's own key over the bytes of the JSON, base64url. */
  signature: ed25519Signature,
});
export type SignedStatement = z.infer<typeof SignedStatement>;

/** Claims pending actions: POST /api/v1/agent/actions/claim. Each claim has a new nonce. */
export const ActionClaim = z.strictObject({
  says: z.literal("claim"),
  deviceId: Id,
  nonce,
  bootId,
  sentAt: EpochMs,
});
export type ActionClaim = z.infer<typeof ActionClaim>;

/** Answer to a claim (200). The validity of orders is compared with `serverTime`. */
export const ActionClaimAnswer = z.object({
  serverTime: EpochMs,
  envelopes: z.array(ActionEnvelope).max(20),
  /** Actions of this device for which cancellation was requested after they were claimed. */
  cancelAsked: z.array(Id).max(100),
});
export type ActionClaimAnswer = z.infer<typeof ActionClaimAnswer>;

const aboutAction = { deviceId: Id, actionId: Id };

/** Asks for permission to start: POST /api/v1/agent/actions/{id}/start. 204 permits it, 409 does not. */
export const ActionStart = z.strictObject({ says: z.literal("start"), ...aboutAction, nonce, bootId });
export type ActionStart = z.infer<typeof ActionStart>;

/** Progress of an action: POST /api/v1/agent/actions/{id}/progress. Only `read` may follow the end of an action. */
export const ActionProgress = z.strictObject({
  says: z.literal("progress"),
  ...aboutAction,
  step: z.enum(["shown", "read", "postponed", "counting-down"]),
  /** When the action will happen, by the server's clock. */
  until: EpochMs.nullable(),
  note: line(200).nullable(),
});
export type ActionProgress = z.infer<typeof ActionProgress>;

/** How an action ended on the device. */
export const ActionEnd = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("done"), result: z.record(z.string(), z.unknown()) }),
  z.strictObject({ outcome: z.literal("error"), code: ActionErrorCode, message: line(500) }),
  z.strictObject({ outcome: z.literal("cancelled") }),
]);
export type ActionEnd = z.infer<typeof ActionEnd>;

/**
 * Result of an action: POST /api/v1/agent/actions/{id}/result. The same result again is answered 204, a different one 409, unless it
 * corrects "not-back" or "no-result", which the server assumed.
 */
export const ActionResult = z.strictObject({
  says: z.literal("result"),
  ...aboutAction,
  bootId,
  end: ActionEnd,
});
export type ActionResult = z.infer<typeof ActionResult>;

/** One action in the server's record of a device. */
export const DeviceRecordEntry = z.object({
  id: Id,
  /** The type of the action. */
  type: z.string().max(60),
  /** Name of the requester. */
  askedBy: line(120),
  askedAt: EpochMs,
  startedAt: EpochMs.nullable(),
  endedAt: EpochMs.nullable(),
  state: ActionState,
  /** Why it failed; null when it did not. */
  errorCode: z.string().max(60).nullable(),
});
export type DeviceRecordEntry = z.infer<typeof DeviceRecordEntry>;

/** Actions that were requested on this device: GET /api/v1/agent/actions (200). Newest first, at most 500. */
export const DeviceRecord = z.object({ actions: z.array(DeviceRecordEntry).max(500) });
export type DeviceRecord = z.infer<typeof DeviceRecord>;
