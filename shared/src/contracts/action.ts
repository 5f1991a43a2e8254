import { z } from "zod";
import { ActionType } from "../actions/catalog.ts";
import { Id } from "../ids.ts";
import { deviceTargetShape, hasOneTarget, ONE_TARGET } from "./device-match.ts";
import { PageQuery, pageOf } from "./page.ts";
import { AnyInstant, Instant, line } from "./text.ts";

/**
 * State of an action.
 * ```
 * pending --claim--> delivered --start--> executing --result--> done | error
 *    |                  |  not started in time: pending again   |  no result in time: error "no-result",
 *    +--cancel--> cancelled      +--validity over--> expired        |  which a later result replaces
 * ```
 */
export const ActionState = z.enum([
  "pending",
  "delivered",
  "executing",
  "done",
  "error",
  "expired",
  "cancelled",
]);
export type ActionState = z.infer<typeof ActionState>;

/**
 * Why an action ended as an error.
 * - failed: the device could not perform it
 * - interrupted: the agent ended in the middle; the action may be partly done
 * - not-back: the machine has not reported since it was rebooted
 * - no-result: the device started it and sent no result in time
 * - forbidden-by-device: the administrator of the machine does not allow it
 * - not-supported: the agent does not know this type
 * - nobody-reached: no user saw the message
 * - refused-envelope: the device rejected the signature or the validity of the order
 * - journal-unwritable: the device could not record the start, so it did not start
 * - restored: the server was restored from a backup
 */
export const ActionErrorCode = z.enum([
  "failed",
  "interrupted",
  "not-back",
  "no-result",
  "forbidden-by-device",
  "not-supported",
  "nobody-reached",
  "refused-envelope",
  "journal-unwritable",
  "restored",
]);
export type ActionErrorCode = z.infer<typeof ActionErrorCode>;

/** One step of an action. */
export const ActionStep = z.object({
  at: Instant,
  /** Kind of the step. */
  step: z.enum([
    "asked",
    "delivered",
    "lease-over",
    "started",
    "shown",
    "read",
    "postponed",
    "counting-down",
    "cancel-asked",
    "ended",
    "corrected",
  ]),
  /** For `postponed` and `counting-down`: when the action will happen; otherwise null. */
  until: Instant.nullable(),
  /** Note of the device about the step; null when there is none. */
  note: z.string().nullable(),
});
export type ActionStep = z.infer<typeof ActionStep>;

const Requester = z.object({
  /** Kind of the requester. */
  type: z.enum(["user", "api-key", "compat-key", "command-line", "system"]),
  /** Name of the user or API key. */
  name: z.string(),
});

/** One action on one device, from its request to its end. */
export const Action = z.object({
  id: Id,
  /** Id of the batch: all actions of one request have the same. */
  batchId: Id,
  deviceId: Id,
  /** Current name of the device. */
  deviceName: z.string(),
  /** Type of the action. */
  type: ActionType,
  /** Parameters of the action; they depend on `type`. */
  payload: z.record(z.string(), z.unknown()),
  state: ActionState,
  /** The requester. */
  askedBy: Requester,
  askedAt: Instant,
  validUntil: Instant,
  /** True when its cancellation was requested. */
  cancelAsked: z.boolean(),
  /** Why the action is still pending; null when nothing prevents it. */
  waitsBecause: z.enum(["offline", "paused", "held", "approval-pending"]).nullable(),
  steps: z.array(ActionStep),
  /** Result that the device reported; null until `state` is `done`. Its fields depend on `type`. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** Why it failed; null unless `state` is `error`. */
  error: z
    .object({
      code: ActionErrorCode,
      /** The reason as a sentence. */
      message: z.string(),
    })
    .nullable(),
});
export type Action = z.infer<typeof Action>;

/** A request for an action on one or many devices. `payload` must match the schema of `type`. */
export const NewActions = z
  .strictObject({
    ...deviceTargetShape,
    /** Type of the action. */
    type: ActionType,
    /** Parameters of the action; they depend on `type`. */
    payload: z.record(z.string(), z.unknown()).default({}),
    /** Seconds until a pending action expires. By default it depends on `type`. */
    validForS: z
      .number()
      .int()
      .min(60)
      .max(30 * 86_400)
      .optional(),
    /** Makes it safe to repeat the request: with the same key it queues nothing and returns the first answer. */
    idempotencyKey: line(100).optional(),
  })
  .refine(hasOneTarget, ONE_TARGET);
export type NewActions = z.infer<typeof NewActions>;

/** Answer to `NewActions` (201). Devices on which no action is possible are listed in `refused`; actions for the others are queued. */
export const QueuedActions = z.object({
  batchId: Id,
  /** One queued action per device. */
  actions: z.array(z.object({ id: Id, deviceId: Id })),
  /** Devices without an action. */
  refused: z.array(
    z.object({
      /** The id as it was sent. */
      deviceId: z.string(),
      /** Why the device gets no action. */
      reason: z.enum(["not-found", "archived", "held", "approval-pending"]),
    }),
  ),
});
export type QueuedActions = z.infer<typeof QueuedActions>;

/** The actions of one request: the same action on one or many devices. */
export const ActionBatch = z.object({
  id: Id,
  /** Type of the action. */
  type: ActionType,
  /** Parameters of the action; they depend on `type`. */
  payload: z.record(z.string(), z.unknown()),
  /** The requester. */
  askedBy: Requester,
  askedAt: Instant,
  validUntil: Instant,
  /** Number of actions in each state. */
  counts: z.record(ActionState, z.number().int()),
  /** The action, when the batch has only one; otherwise null. */
  action: Action.nullable(),
});
export type ActionBatch = z.infer<typeof ActionBatch>;

export const ActionBatchQuery = PageQuery.extend({
  /** Maximum number of batches on a page. */
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** Batches with an action on this device. */
  deviceId: Id.optional(),
  /** Batches of this type. */
  type: ActionType.optional(),
  /** Batches with an action in this state. */
  state: ActionState.optional(),
  /** Batches of this requester: an `id` of `ActionRequesters`. */
  requester: line(200).optional(),
  /** Requested at this time or later. */
  since: AnyInstant.optional(),
  /** Requested before this time. */
  until: AnyInstant.optional(),
});
export type ActionBatchQuery = z.infer<typeof ActionBatchQuery>;
/** A page of action batches. */
export const ActionBatchPage = pageOf(ActionBatch);
export type ActionBatchPage = z.infer<typeof ActionBatchPage>;

/** Users and keys that requested actions, ordered by name, at most 500. */
export const ActionRequesters = z.object({
  /** The requesters. */
  items: z.array(
    Requester.extend({
      /** Id of the user or key, for the filter `requester`. */
      id: z.string(),
    }),
  ),
});
export type ActionRequesters = z.infer<typeof ActionRequesters>;

export const ActionListQuery = PageQuery.extend({
  /** Actions on this device. */
  deviceId: Id.optional(),
  /** Actions of this batch. */
  batchId: Id.optional(),
  /** Actions of this type. */
  type: ActionType.optional(),
  /** Actions in this state. */
  state: ActionState.optional(),
});
export type ActionListQuery = z.infer<typeof ActionListQuery>;
/** A page of actions. */
export const ActionPage = pageOf(Action);
export type ActionPage = z.infer<typeof ActionPage>;
