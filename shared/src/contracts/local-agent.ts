import { z } from "zod";
import { Id } from "../ids.ts";
import { Attention } from "../health/attention.ts";
import { Health } from "../health/score.ts";
import { LOCAL_PROTOCOL_VERSION, LOCAL_ERROR_CODES, LOCAL_RESOURCES } from "../protocol/local-protocol.ts";
import { HelpDiagnostics, HelpText } from "./device-support.ts";
import { LocalSupportState } from "./local-support.ts";
import { Sample } from "./metric.ts";
import { EpochMs, line, lines } from "./text.ts";

/*
 * What the agent of a machine and its local user exchange: in one process when the tray runs the engine, over a local socket or named
 * pipe when a service does. All instants are epoch milliseconds of the device's clock.
 */

/** Whether the machine reports, or why not; see the engine's `AgentState`. */
export const LocalState = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("starting") }),
  z.object({ kind: z.literal("not-enrolled"), reason: z.string().nullable() }),
  z.object({ kind: z.literal("copied-machine") }),
  z.object({ kind: z.literal("unidentified"), reason: z.string() }),
  z.object({ kind: z.literal("reporting") }),
  z.object({ kind: z.literal("paused"), untilMs: EpochMs.nullable() }),
  z.object({ kind: z.literal("revoked") }),
  z.object({ kind: z.literal("stopped") }),
]);
export type LocalState = z.infer<typeof LocalState>;

/** Why a reboot may cause problems now. */
export const RebootWarning = z.enum(["disk-password", "package-manager"]);
export type RebootWarning = z.infer<typeof RebootWarning>;

/** A planned reboot, which the local user may still postpone. */
export const PlannedReboot = z.object({
  actionId: Id,
  /** Name of the requester; null when unknown. */
  askedBy: line(120).nullable(),
  reason: lines(500),
  dueAtMs: EpochMs,
  /** Latest instant to which it can be postponed. Equal to `dueAtMs` when it cannot be postponed. */
  latestAtMs: EpochMs,
  postponementsLeft: z.number().int().min(0),
  warnings: z.array(RebootWarning),
});
export type PlannedReboot = z.infer<typeof PlannedReboot>;

/** The state of the machine for its local user. Sent again whenever anything in it changes. */
export const LocalView = z.object({
  agent: z.object({ version: z.string(), variant: z.enum(["tray", "headless"]), startedAtMs: EpochMs }),
  hostname: line(255),
  state: LocalState,
  /** Null while the device is not enrolled. */
  enrolled: z
    .object({
      deviceId: Id,
      server: z.string(),
      organization: z.string().nullable(),
      intervalS: z.number().int(),
    })
    .nullable(),
  contact: z.object({
    isReached: z.boolean(),
    lastDeliveredAtMs: EpochMs.nullable(),
    /** Why the last report was not delivered; null when it was. */
    problem: z.string().nullable(),
  }),
  /** Samples that wait to be sent. */
  spooledSamples: z.number().int(),
  waitingActions: z.number().int(),
  /** Null before the first sample of this run and while paused. */
  latest: z.object({ sample: Sample, health: Health, diskMount: z.string().nullable() }).nullable(),
  attention: Attention,
  pause: z.object({
    /** Whether this user may pause: only the user at the console may. */
    isAllowed: z.boolean(),
    /** Longest pause that the organization allows; null for no limit, 0 for no pause. */
    longestMs: z.number().int().min(0).nullable(),
  }),
  unreadMessages: z.number().int(),
  /** Messages that have not been shown to this user yet, oldest first. */
  unshownMessages: z.array(Id),
  reboot: PlannedReboot.nullable(),
  /** Left out by an agent of an earlier version. */
  support: LocalSupportState.default({ revision: 0, alarms: [], unreadAnswers: [] }),
});
export type LocalView = z.infer<typeof LocalView>;

/** One message in the inbox of a local user. */
export const InboxMessage = z.object({
  id: Id,
  askedBy: line(120).nullable(),
  title: line(120),
  text: lines(4000),
  urgency: z.enum(["low", "normal", "urgent"]),
  buttons: z.array(line(40)).max(5),
  receivedAtMs: EpochMs,
  shownAtMs: EpochMs.nullable(),
  readAtMs: EpochMs.nullable(),
  /** The button that was pressed; null when none was. */
  pressed: line(40).nullable(),
  /** Whether it can still be answered. */
  isAnswerable: z.boolean(),
});
export type InboxMessage = z.infer<typeof InboxMessage>;

/** The last hour, oldest first, at most 240 points. A gap between points is a gap. */
export const HourPoint = z.object({
  atMs: EpochMs,
  score: z.number().int().nullable(),
  cpu: z.number().nullable(),
  memory: z.number().nullable(),
  disk: z.number().nullable(),
});
export type HourPoint = z.infer<typeof HourPoint>;

/** One of several that make up an item: a disk, a network interface, a mount point, a collector that was skipped. */
export const DisclosedEntry = z.object({
  name: z.string().max(400),
  /** What else is sent of it, as it is sent: a file system's type, an address, a reason. */
  details: z.array(z.string().max(200)).max(60),
  sizeBytes: z.number().int().optional(),
  isRemovable: z.boolean().optional(),
});
export type DisclosedEntry = z.infer<typeof DisclosedEntry>;

/** One item that this machine sends to the server: a metric, a fact or a part of the inventory. */
export const DisclosedItem = z.object({
  /** `metric.cpu`, `fact.user`, `inventory.serial`, ...: the tray translates it. */
  key: z.string().max(80),
  kind: z.enum(["metric", "fact", "inventory"]),
  /** The current value as it is sent; null when the machine has none. */
  value: z
    .union([z.string().max(4000), z.number(), z.boolean(), z.array(DisclosedEntry).max(100)])
    .nullable(),
});
export type DisclosedItem = z.infer<typeof DisclosedItem>;

/** What IT sees: every item with its value, how often it is sent and how long the server keeps it. */
export const DisclosedData = z.object({
  items: z.array(DisclosedItem).max(300),
  /** Seconds between samples. */
  intervalS: z.number().int(),
  /** Days that the server keeps samples, 5-minute and 1-hour values; null while unknown. */
  kept: z
    .object({ samplesDays: z.number().int(), fiveMinutesDays: z.number().int(), hoursDays: z.number().int() })
    .nullable(),
});
export type DisclosedData = z.infer<typeof DisclosedData>;

/** The state of an action in one of the two records. */
const recordEnd = z.object({
  startedAtMs: EpochMs.nullable(),
  endedAtMs: EpochMs.nullable(),
  outcome: z.enum(["waiting", "under-way", "done", "error", "cancelled", "expired"]),
  message: z.string().max(500).nullable(),
});

/**
 * One action that IT performed or requested, as recorded by this device and by the server. `differs` when only one of them knows it or
 * their records differ.
 */
export const RecordedAction = z.object({
  id: Id,
  type: z.string().max(60),
  askedBy: line(120).nullable(),
  /** The reason or the text that came with it. */
  why: z.string().max(4000).nullable(),
  askedAtMs: EpochMs.nullable(),
  here: recordEnd.nullable(),
  /** Null when the server does not know it; absent when the server was not asked or not reached. */
  server: recordEnd.nullable().optional(),
  differs: z.boolean(),
});
export type RecordedAction = z.infer<typeof RecordedAction>;

/** What IT did here, newest first. `compared`: whether the server's record could be read, and why not. */
export const ActivityRecord = z.object({
  actions: z.array(RecordedAction).max(1000),
  compared: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("yes"), atMs: EpochMs }),
    z.object({ kind: z.literal("no"), reason: z.string() }),
  ]),
});
export type ActivityRecord = z.infer<typeof ActivityRecord>;

/**
 * A part of the agent's log. `fromByte` and `toByte` are positions in the file that `run` names. A rotated log has another `run`, and a
 * reader of the old one starts again.
 */
export const LogChunk = z.object({
  run: z.string().max(80),
  text: z.string().max(300_000),
  fromByte: z.number().int().min(0),
  toByte: z.number().int().min(0),
  sizeBytes: z.number().int().min(0),
});
export type LogChunk = z.infer<typeof LogChunk>;

const logByte = z.number().int().min(0);

/** Which part of the log: the end, what came after `byte` of `run`, or what lies before it. */
export const LogPosition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("end") }),
  z.strictObject({ kind: z.literal("after"), run: z.string().max(80), byte: logByte }),
  z.strictObject({ kind: z.literal("before"), run: z.string().max(80), byte: logByte }),
]);
export type LogPosition = z.infer<typeof LogPosition>;

export { MAX_LOG_CHUNK_BYTES } from "../protocol/local-protocol.ts";

/** Acknowledgement of a message by a local user. `not-shown` gives the reason: "locked". */
export const Acknowledgement = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("shown"), by: line(40) }),
  z.strictObject({ what: z.literal("not-shown"), reason: line(200) }),
  z.strictObject({ what: z.literal("read") }),
  z.strictObject({ what: z.literal("pressed"), button: line(40) }),
]);
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** Outcome of a request of the local user: done, or a code for the reason, which the tray translates. */
export const RequestOutcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done") }),
  z.object({
    kind: z.literal("refused"),
    why: z.enum([
      "not-at-console",
      "pause-forbidden",
      "not-enrolled",
      "unknown",
      "over",
      "too-late",
      "no-postponements-left",
      "too-many",
      "failed",
    ]),
    /** Details, for `failed`. */
    message: z.string().max(500).nullable(),
  }),
]);
export type RequestOutcome = z.infer<typeof RequestOutcome>;

/** All requests to the service. None of them runs a command or contains a path. */
export const LocalRequest = z.union([
  z.strictObject({ verb: z.literal("read"), what: z.enum(LOCAL_RESOURCES) }),
  z.strictObject({ verb: z.literal("read"), what: z.literal("log"), place: LogPosition }),
  /** Answered with the view; from then on each change is sent as a `LocalPush`. Sent again it is a keepalive. */
  z.strictObject({ verb: z.literal("watch") }),
  z.strictObject({ verb: z.literal("check") }),
  /** Milliseconds, at most 366 days; null: until resumed. */
  z.strictObject({
    verb: z.literal("pause"),
    forMs: z
      .number()
      .int()
      .min(1)
      .max(366 * 86_400_000)
      .nullable(),
  }),
  z.strictObject({ verb: z.literal("resume") }),
  z.strictObject({ verb: z.literal("acknowledge"), message: Id, said: Acknowledgement }),
  z.strictObject({ verb: z.literal("postpone"), action: Id, toMs: EpochMs }),
  /** Asks IT for help; `diagnostics` as the user has seen it, null when it is not sent. */
  z.strictObject({ verb: z.literal("ask"), text: HelpText, diagnostics: HelpDiagnostics.nullable() }),
  z.strictObject({ verb: z.literal("reply"), request: Id, text: HelpText }),
  z.strictObject({ verb: z.literal("close"), request: Id }),
  /** The user has read the thread. */
  z.strictObject({ verb: z.literal("mark-read"), request: Id }),
]);
export type LocalRequest = z.infer<typeof LocalRequest>;

/** Why the service rejected a message. `id` is null when the message had none. */
export const LocalError = z.object({
  v: z.number().int(),
  id: z.number().int().nullable(),
  refused: z.object({ code: z.enum(LOCAL_ERROR_CODES), message: z.string().max(500) }),
});
export type LocalError = z.infer<typeof LocalError>;

/** The answer to a request; what `answer` is depends on the verb. */
export const LocalAnswer = z.object({
  v: z.literal(LOCAL_PROTOCOL_VERSION),
  id: z.number().int(),
  answer: z.unknown(),
});
export type LocalAnswer = z.infer<typeof LocalAnswer>;

/** The current view, sent to clients that watch it. */
export const LocalPush = z.object({ v: z.literal(LOCAL_PROTOCOL_VERSION), view: LocalView });
export type LocalPush = z.infer<typeof LocalPush>;

/** Any line of the service. */
export const LocalMessage = z.union([LocalError, LocalPush, LocalAnswer]);
export type LocalMessage = z.infer<typeof LocalMessage>;
