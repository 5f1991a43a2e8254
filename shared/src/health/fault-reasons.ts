import type { DeviceFault } from "../contracts/report.ts";
import type { AttentionReason } from "./attention-reasons.ts";

/** What a machine reports about its faults. */
export type FaultFacts = {
  faults: readonly DeviceFault[];
  /** Mount points that do not respond: each is a hung mount, whether `faults` names it or not. */
  hungFileSystems: readonly string[];
  /** Mount point that the disk metrics are about. */
  diskMount: string | null;
};

type FaultReason = Extract<AttentionReason, { kind: "fault" }>;

/** From this number of hung mounts on, the machine needs attention now: one may be a server that is being restarted. */
const CRITICAL_HUNG_MOUNTS = 2;

/** Why the faults of a machine need attention. The system's disk turned read-only is critical, and so are several hung mounts. */
export function faultReasons({ faults, hungFileSystems, diskMount }: FaultFacts): FaultReason[] {
  const hung = new Set(hungFileSystems);
  for (const { kind, subject } of faults) if (kind === "hung-mount") hung.add(subject);
  const hungLevel = hung.size >= CRITICAL_HUNG_MOUNTS ? "critical" : "warn";
  const others = faults
    .filter(({ kind }) => kind !== "hung-mount")
    .map(({ kind, subject }) => reasonOf(kind, subject, levelOf(kind, subject, diskMount)));
  return [...others, ...[...hung].map((mount) => reasonOf("hung-mount", mount, hungLevel))];
}

function levelOf(kind: DeviceFault["kind"], subject: string, diskMount: string | null): "warn" | "critical" {
  const isSystemDisk = subject === "/" || subject === diskMount;
  return kind === "read-only-mount" && isSystemDisk ? "critical" : "warn";
}

function reasonOf(fault: DeviceFault["kind"], subject: string, level: FaultReason["level"]): FaultReason {
  return { kind: "fault", level, fault, subject };
}
