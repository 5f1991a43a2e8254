import { z } from "zod";
import { DeviceFault } from "../contracts/report.ts";

/** How urgently a device needs attention. */
export const AttentionLevel = z.enum(["none", "warn", "critical"]);
export type AttentionLevel = z.infer<typeof AttentionLevel>;

/** Why a device needs attention. */
export const AttentionReason = z.discriminatedUnion("kind", [
  z.object({
    /** Kind of the reason. */
    kind: z.literal("health"),
    /** How urgent it is. */
    level: AttentionLevel,
    /** The health score. */
    score: z.number(),
  }),
  z.object({
    kind: z.literal("disk-floor"),
    level: AttentionLevel,
    /** Used share of the file system. */
    usedPercent: z.number(),
    /** Free bytes of the file system. */
    freeBytes: z.number().nullable(),
  }),
  z.object({ kind: z.literal("absent"), level: AttentionLevel }),
  z.object({ kind: z.literal("clone-suspected"), level: AttentionLevel }),
  z.object({ kind: z.literal("approval-pending"), level: AttentionLevel }),
  /** A fact of the machine that needs an administrator, and what it is about. */
  z.object({
    kind: z.literal("fault"),
    level: AttentionLevel,
    /** Kind of the fault. */
    fault: DeviceFault.shape.kind,
    /** What the fault is about. */
    subject: z.string(),
  }),
]);
export type AttentionReason = z.infer<typeof AttentionReason>;

/** The worst level and every reason for it, worst first. */
export const Attention = z.object({
  /** The most urgent level of its reasons. */
  level: AttentionLevel,
  reasons: z.array(AttentionReason),
});
export type Attention = z.infer<typeof Attention>;
