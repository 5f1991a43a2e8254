import { z } from "zod";
import { ActionType } from "../actions/catalog.ts";
import { Id } from "../ids.ts";
import { deviceTargetShape, hasOneTarget, ONE_TARGET } from "./device-match.ts";
import { PageQuery, pageOf } from "./page.ts";
import { AnyInstant, Instant, line } from "./text.ts";

/**
 * ```
 * pending --claim--> delivered --start--> executing --result--> done | error
 *    |                  |  lease over, not started: pending again   |  past its timeout: error "no-result",
 *    +--cancel--> cancelled      +--validity over--> expired        |  which a later true result replaces
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

/** Why an action ended as an error. */
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

/** What happened to an action on its way, oldest first. */
export const ActionStep = z.object({
  at: Instant,
  /** What happened. */
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
  /** For `postponed` and `counting-down`: when it will happen. */
  until: Instant.nullable(),
  /** What the device said about it; null when it said nothing. */
  note: z.string().nullable(),
});
export type ActionStep = z.infer<typeof ActionStep>;

const Requester = z.object({
  /** What kind of caller requested it. */
  type: z.enum(["user", "api-key", "compat-key", "command-line", "system"]),
  /** Name of the user or API key. */
  name: z.string(),
});

/** One action on one device, from its request to its end. */
export const Action = z.object({
  id: Id,
  /** Actions that were asked for together. */
  batchId: Id,
  deviceId: Id,
  /** Name of the device when the action is read. */
  deviceName: z.string(),
  /** What the device does. */
  type: ActionType,
  /** What was filled in; its fields depend on `type`. */
  payload: z.record(z.string(), z.unknown()),
  state: ActionState,
  /** Who requested it. */
  askedBy: Requester,
  askedAt: Instant,
  validUntil: Instant,
  /** True when its cancellation was requested. */
  cancelAsked: z.boolean(),
  /** Why it waits, when the device is there and it waits all the same. */
  waitsBecause: z.enum(["offline", "paused", "held", "approval-pending"]).nullable(),
  steps: z.array(ActionStep),
  /** What the device reported when it was done; null before that. Its fields depend on `type`. */
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

/** Asks for one action on one or many devices. The payload is checked by the type's own schema. */
export const NewActions = z
  .strictObject({
    ...deviceTargetShape,
    /** What the devices do. */
    type: ActionType,
    /** Fields of the action; they depend on `type`. */
    payload: z.record(z.string(), z.unknown()).default({}),
    /** Seconds from now; the type's own validity when left out. */
    validForS: z
      .number()
      .int()
      .min(60)
      .max(30 * 86_400)
      .optional(),
    /** The same key with the same request answers as the first time and queues nothing. */
    idempotencyKey: line(100).optional(),
  })
  .refine(hasOneTarget, ONE_TARGET);
export type NewActions = z.infer<typeof NewActions>;

/** Answer to `NewActions` (201). A device that may not be acted on is refused by itself, the others are queued. */
export const QueuedActions = z.object({
  batchId: Id,
  /** One action for each device that accepts it. */
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
  /** What the devices do. */
  type: ActionType,
  /** What was filled in; its fields depend on `type`. */
  payload: z.record(z.string(), z.unknown()),
  /** Who requested it. */
  askedBy: Requester,
  askedAt: Instant,
  validUntil: Instant,
  /** How many of its actions are in each state. */
  counts: z.record(ActionState, z.number().int()),
  /** Its action, when it has one only. */
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
  /** The `id` of a requester. */
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

/** Those who requested actions, by name, at most 500. */
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
