import { z } from "zod";
import { Id } from "../ids.ts";
import { ActionErrorCode, ActionState } from "./action.ts";
import { EpochMs, line } from "./text.ts";

const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, "must be base64url");
const nonce = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be 32 bytes in base64url");
const bootId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, "must be 1 to 64 letters, digits or -");
const ed25519Signature = base64Url.length(86, "must be 64 bytes in base64url");

/**
 * What the server orders, signed as the exact bytes of its JSON. The device acts only when a pinned key signed it, it names this
 * device and organization, carries the nonce of this claim and is not over by server time.
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
  /** Who asked for it, by the name that people know them by. Shown to the person at the machine. */
  askedBy: line(120).optional(),
});
export type ActionOrder = z.infer<typeof ActionOrder>;

/** An order and who signed it. A list, so that keys held by operators can sign beside the server's. */
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

/** What a device states about its actions, with its own signature: claims, starts, progress and results all travel as this. */
export const SignedStatement = z.strictObject({
  /** The statement's JSON in UTF-8, base64url. */
  statement: base64Url.max(2_000_000),
  /** Ed25519 by the key that the device made at its enrolment, over the bytes of the JSON. */
  signature: ed25519Signature,
});
export type SignedStatement = z.infer<typeof SignedStatement>;

/** Asks for waiting actions: POST /api/v1/agent/actions/claim. The nonce is made for this claim alone. */
export const ActionClaim = z.strictObject({
  says: z.literal("claim"),
  deviceId: Id,
  nonce,
  bootId,
  sentAt: EpochMs,
});
export type ActionClaim = z.infer<typeof ActionClaim>;

/** Answer to a claim (200). `serverTime` is what validity is measured against. */
export const ActionClaimAnswer = z.object({
  serverTime: EpochMs,
  envelopes: z.array(ActionEnvelope).max(20),
  /** Actions of this device whose cancelling was asked for after they were claimed. */
  cancelAsked: z.array(Id).max(100),
});
export type ActionClaimAnswer = z.infer<typeof ActionClaimAnswer>;

const aboutAction = { deviceId: Id, actionId: Id };

/** May I act now? POST /api/v1/agent/actions/{id}/start: 204 means yes, 409 means do not. */
export const ActionStart = z.strictObject({ says: z.literal("start"), ...aboutAction, nonce, bootId });
export type ActionStart = z.infer<typeof ActionStart>;

/** How far it is: POST /api/v1/agent/actions/{id}/progress. A message may be read after it is done; nothing else comes later. */
export const ActionProgress = z.strictObject({
  says: z.literal("progress"),
  ...aboutAction,
  step: z.enum(["shown", "read", "postponed", "counting-down"]),
  /** When it will happen, by the server's clock. */
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
 * POST /api/v1/agent/actions/{id}/result. The same one twice is 204; another one is 409 unless it corrects "not-back" or
 * "no-result", which the server had to assume.
 */
export const ActionResult = z.strictObject({
  says: z.literal("result"),
  ...aboutAction,
  bootId,
  end: ActionEnd,
});
export type ActionResult = z.infer<typeof ActionResult>;

/** One action of a device as the server's record has it. */
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

/** What was asked of this device: GET /api/v1/agent/actions (200). Newest first, at most 500. */
export const DeviceRecord = z.object({ actions: z.array(DeviceRecordEntry).max(500) });
export type DeviceRecord = z.infer<typeof DeviceRecord>;
