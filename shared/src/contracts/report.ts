import { z } from "zod";
import { MAX_EXCLUDED_MOUNTS, MAX_SAMPLES_PER_REPORT, PROTOCOL_VERSION } from "../protocol/agent-protocol.ts";
import { SignedStatement } from "./action-delivery.ts";
import { Epoch } from "./epoch.ts";
import { ClassReason, Inventory, InventoryHash } from "./inventory.ts";
import { Sample } from "./metric.ts";
import { DeviceServices } from "./service.ts";
import { EpochMs, IgnoredNames, line } from "./text.ts";

const count = z.number().int().min(0);

/** Why an agent stops reporting on purpose; it announces this in its last report. */
export const LastWord = z.enum(["asleep", "shutting-down", "restarting", "agent-stopped"]);
export type LastWord = z.infer<typeof LastWord>;

/** Lane of a report. `live`: the present. `backfill`: older samples, which change only the history. */
export const Lane = z.enum(["live", "backfill"]);
export type Lane = z.infer<typeof Lane>;

/** A mount point, as the inventory names it: "/srv", "D:\\". */
export const MountPoint = line(400);
export type MountPoint = z.infer<typeof MountPoint>;

/** A fault of the machine that needs an administrator. */
export const DeviceFault = z.strictObject({
  /** Kind of the fault. */
  kind: z.enum([
    "read-only-mount",
    "hung-mount",
    "unreadable",
    "contradiction",
    "out-of-range",
    "damaged-file",
  ]),
  /** Mount point, metric or file that is affected. */
  subject: line(200),
  /** Details of the fault; absent when there are none. */
  detail: line(200).nullable().optional(),
});
export type DeviceFault = z.infer<typeof DeviceFault>;

/** Facts about the machine other than metrics. Sent when they have changed and with the first report after a start. */
export const DeviceFacts = z.strictObject({
  /** User at the console; null when nobody is logged in. */
  user: line(120).nullable().optional(),
  /** Time of the last input at the console, by the device's clock; null when unknown. */
  idleSince: EpochMs.nullable().optional(),
  /** True when the system needs a reboot to finish updates. */
  rebootRequired: z.boolean().optional(),
  /** Mount points of file systems that do not respond and are therefore not part of `disk`. */
  hungFileSystems: z.array(line(200)).max(20).optional(),
  /** Mount point of the file system of `disk` and `diskFree`. */
  diskMount: line(200).optional(),
  /** Mount points that the device's administrator excludes from monitoring. */
  excludedMounts: z.array(line(200)).max(MAX_EXCLUDED_MOUNTS).optional(),
  /** Parts of the agent that could not read their values. */
  skipped: z
    .array(
      z.strictObject({
        /** Name of the part. */
        collector: line(40),
        /** Why its values could not be read. */
        reason: line(200),
      }),
    )
    .max(20)
    .optional(),
  /** Faults of the machine. Absent when they have not changed. */
  faults: z.array(DeviceFault).max(20).optional(),
  /** How the device class was detected. */
  classReason: ClassReason.optional(),
  /** The services of the machine. */
  services: DeviceServices.optional(),
});
export type DeviceFacts = z.infer<typeof DeviceFacts>;

/** Id of the content of an `AgentPolicy`; it changes with the content. */
const PolicyId = z.string().regex(/^[0-9a-f]{8}$/, "must be 8 hexadecimal digits");

/** Settings that the server sends to an agent, and how long the server keeps its data. */
export const AgentPolicy = z.object({
  /** Id of the content of the policy. */
  id: PolicyId,
  /** Maximum seconds of a pause by a local user; null for no limit, 0 for no pause. */
  longestPauseS: z.number().int().min(0).nullable(),
  /** Days that samples and rollups are kept. */
  keptDays: z.object({
    /** Days that samples are kept. */
    samples: count,
    /** Days that 5-minute values are kept. */
    fiveMinutes: count,
    /** Days that 1-hour values are kept. */
    hours: count,
  }),
  /** Mount points of this device that its agent must not monitor; absent from older servers. */
  excludedMounts: z.array(MountPoint).max(MAX_EXCLUDED_MOUNTS).optional(),
});
export type AgentPolicy = z.infer<typeof AgentPolicy>;

/**
 * Report of an agent. In each lane of an `epoch`, `sequence` rises by one. A number that is repeated with the same content is stored
 * once; with other content it is a conflict.
 */
export const Report = z.strictObject({
  /** Version of the protocol. */
  v: z.literal(PROTOCOL_VERSION),
  /** Id of the sequence of numbers; the agent creates a new one when it cannot continue the last. */
  epoch: Epoch,
  lane: Lane,
  /** Number of the report in its lane. */
  sequence: z
    .number()
    .int()
    .min(1)
    .max(2 ** 48),
  /** When the report was sent, by the device's clock; the server determines the offset of the clock from it. */
  sentAt: EpochMs,
  /** Boot id of the operating system; it changes with each boot and never otherwise. */
  bootId: z.string().regex(/^[0-9A-Za-z-]{1,64}$/, "must be 1 to 64 letters, digits or -"),
  /** Samples, oldest first. One in the live lane; none during a pause or with a last word only. */
  samples: z.array(Sample).max(MAX_SAMPLES_PER_REPORT),
  /** Planned seconds until the next report of this lane. */
  intervalS: z.number().int().min(1).max(86_400).optional(),
  inventoryHash: InventoryHash.optional(),
  inventory: Inventory.optional(),
  facts: DeviceFacts.optional(),
  /** Present while a local user has paused the agent; `until` is null when the pause lasts until the user resumes. */
  paused: z.strictObject({ until: EpochMs.nullable() }).optional(),
  lastWord: LastWord.optional(),
  /** Id of the policy that the agent applies; absent when it has none. */
  policyId: PolicyId.optional(),
  /** A signed `EpochChange`, in the first report of each lane after the error "behind", until one is delivered. */
  epochChange: SignedStatement.optional(),
});
export type Report = z.infer<typeof Report>;

/**
 * Answer to a report (200). The optional fields are present only when they apply.
 */
export const ReportAnswer = z.object({
  /** False when the report had already been stored. */
  stored: z.boolean(),
  /** Present when the server needs the inventory with the next report. */
  wantInventory: z.literal(true).optional(),
  /** Report interval of the organization in seconds, when it differs from that of the report. */
  intervalS: count.optional(),
  /** Current policy, when a live report has another `policyId`. */
  policy: AgentPolicy.optional(),
  /** Number of pending actions of this device. */
  waitingActions: count.optional(),
  /** When alarms or help requests of this device, or the contact for help, changed last. Another value than before means to read them again. */
  supportChangedAt: EpochMs.optional(),
  /** Number of samples that were rejected because their corrected time is out of range. */
  refusedSamples: count.optional(),
  /** Fields of the report that this server does not know and ignored, as dotted paths. */
  ignored: IgnoredNames.optional(),
});
export type ReportAnswer = z.infer<typeof ReportAnswer>;
