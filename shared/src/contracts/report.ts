import { z } from "zod";
import { MAX_EXCLUDED_MOUNTS, MAX_SAMPLES_PER_REPORT, PROTOCOL_VERSION } from "../protocol/agent-protocol.ts";
import { SignedStatement } from "./action-delivery.ts";
import { Epoch } from "./epoch.ts";
import { ClassReason, Inventory, InventoryHash } from "./inventory.ts";
import { Sample } from "./metric.ts";
import { EpochMs, IgnoredNames, line } from "./text.ts";

const count = z.number().int().min(0);

/** What an agent says before it goes silent on purpose. */
export const LastWord = z.enum(["asleep", "shutting-down", "restarting", "agent-stopped"]);
export type LastWord = z.infer<typeof LastWord>;

/** The lane a report travels in: `live` is the present, `backfill` is history only and changes nothing else. */
export const Lane = z.enum(["live", "backfill"]);
export type Lane = z.infer<typeof Lane>;

/** A mount point, as the inventory names it: "/srv", "D:\\". */
export const MountPoint = line(400);
export type MountPoint = z.infer<typeof MountPoint>;

/** A fact of the machine that needs an administrator: what (a mount point, a metric, a file) and, where it helps, how. */
export const DeviceFault = z.strictObject({
  /** What is wrong. */
  kind: z.enum([
    "read-only-mount",
    "hung-mount",
    "unreadable",
    "contradiction",
    "out-of-range",
    "damaged-file",
  ]),
  /** What it is about: a mount point, a metric, a file. */
  subject: line(200),
  /** More about it; absent where nothing helps. */
  detail: line(200).nullable().optional(),
});
export type DeviceFault = z.infer<typeof DeviceFault>;

/** Facts about the present that are no figures. Sent when they changed and with the first report of a run. */
export const DeviceFacts = z.strictObject({
  /** The person at the console, null when nobody is logged in. */
  user: line(120).nullable().optional(),
  /** Device-clock instant of the last input at the console, null when unknown. */
  idleSince: EpochMs.nullable().optional(),
  /** True when the system asks for a reboot to finish its updates. */
  rebootRequired: z.boolean().optional(),
  /** Mount points that did not answer in time and are therefore missing from `disk`. */
  hungFileSystems: z.array(line(200)).max(20).optional(),
  /** Mount point that `disk` and `diskFree` are about. */
  diskMount: line(200).optional(),
  /** Mount points that the device's administrator excludes: they are neither measured nor among the faults. */
  excludedMounts: z.array(line(200)).max(MAX_EXCLUDED_MOUNTS).optional(),
  /** Collectors that were skipped, with the reason in words. */
  skipped: z
    .array(
      z.strictObject({
        /** Name of the collector. */
        collector: line(40),
        /** Why it was skipped. */
        reason: line(200),
      }),
    )
    .max(20)
    .optional(),
  /** What cannot be read, contradicts itself or is damaged on this machine. Absent: as before. */
  faults: z.array(DeviceFault).max(20).optional(),
  /** What the device class was derived from. */
  classReason: ClassReason.optional(),
});
export type DeviceFacts = z.infer<typeof DeviceFacts>;

/** Names one state of an `AgentPolicy`; another content has another name. */
const PolicyId = z.string().regex(/^[0-9a-f]{8}$/, "must be 8 hexadecimal digits");

/** What an organization decides for an agent, and how long the server keeps what it sends. */
export const AgentPolicy = z.object({
  /** Name of this state of the policy. */
  id: PolicyId,
  /** Seconds that a person may pause the agent for at most: null for no limit, 0 for not at all. */
  longestPauseS: z.number().int().min(0).nullable(),
  /** Days that samples, 5-minute and 1-hour figures are kept. */
  keptDays: z.object({
    /** Days that samples are kept. */
    samples: count,
    /** Days that 5-minute values are kept. */
    fiveMinutes: count,
    /** Days that 1-hour values are kept. */
    hours: count,
  }),
  /** Mount points of this device that its agent must not monitor. Absent from an older server: none. */
  excludedMounts: z.array(MountPoint).max(MAX_EXCLUDED_MOUNTS).optional(),
});
export type AgentPolicy = z.infer<typeof AgentPolicy>;

/**
 * What an agent posts. Within one `epoch` each lane counts `sequence` up by one; the same number with the same content is
 * stored once, the same number with other content is a conflict.
 */
export const Report = z.strictObject({
  /** Version of the protocol. */
  v: z.literal(PROTOCOL_VERSION),
  /** Names one run of the numbering: made anew whenever the agent cannot continue the last one. */
  epoch: Epoch,
  lane: Lane,
  /** Number of the report in its lane. */
  sequence: z
    .number()
    .int()
    .min(1)
    .max(2 ** 48),
  /** Device clock when the report was sent; the server measures the clock's offset with it. */
  sentAt: EpochMs,
  /** The operating system's boot id; changes with each boot and with nothing else. */
  bootId: z.string().regex(/^[0-9A-Za-z-]{1,64}$/, "must be 1 to 64 letters, digits or -"),
  /** Oldest first. One in the live lane, none when paused or when only a last word is said. */
  samples: z.array(Sample).max(MAX_SAMPLES_PER_REPORT),
  /** Seconds until the next report of this lane, as the agent plans it. */
  intervalS: z.number().int().min(1).max(86_400).optional(),
  inventoryHash: InventoryHash.optional(),
  inventory: Inventory.optional(),
  facts: DeviceFacts.optional(),
  /** Present while the person at the machine has paused the agent; `until` null means until resumed. */
  paused: z.strictObject({ until: EpochMs.nullable() }).optional(),
  lastWord: LastWord.optional(),
  /** The policy that the agent follows; absent while it has none. */
  policyId: PolicyId.optional(),
  /** An `EpochChange`, in the first report of each lane after "behind", until one was delivered. */
  epochChange: SignedStatement.optional(),
});
export type Report = z.infer<typeof Report>;

/**
 * Answer to a report (200). `stored` is false for a repeated one. Everything else is present only when it has something to say.
 */
export const ReportAnswer = z.object({
  /** False when the report was stored before. */
  stored: z.boolean(),
  /** The server has no inventory of this hash: send it with the next report. */
  wantInventory: z.literal(true).optional(),
  /** Report interval that the organization wishes, when it differs from what the report said. */
  intervalS: count.optional(),
  /** The organization's policy, when it is another than a live report named. */
  policy: AgentPolicy.optional(),
  /** Actions that wait for this device. */
  waitingActions: count.optional(),
  /** Samples that were refused because their corrected time is out of range. */
  refusedSamples: count.optional(),
  /** Fields that this server does not know and left out, as dotted paths. */
  ignored: IgnoredNames.optional(),
});
export type ReportAnswer = z.infer<typeof ReportAnswer>;
