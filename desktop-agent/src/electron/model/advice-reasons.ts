import type { AttentionLevel, AttentionReason } from "@muster/shared/health/attention.ts";
import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import type { Figure, Figures } from "./advice-figures.ts";

type ReasonKey = keyof (typeof trayWindowsEn)["advice"]["reason"];
type WhatToDoKey = keyof (typeof trayWindowsEn)["advice"]["whatToDo"];
type Latest = NonNullable<LocalView["latest"]>;
type DiskFloor = Extract<AttentionReason, { kind: "disk-floor" }>;

/** A key below `windows.advice.reason`, and one below `windows.advice.whatToDo` for what the person can do about it. */
export type AdviceReason = {
  key: ReasonKey;
  params: Figures;
  whatToDo: WhatToDoKey;
  level: Exclude<AttentionLevel, "none">;
  /** Points of the score that it costs; null when it costs none. */
  lost: number | null;
  /** What it is about, as the system names it: a mount point, or the system's own words. */
  about: string | null;
};

const METRICS = ["disk", "memory", "cpu"] as const;
type ScoredMetric = (typeof METRICS)[number];

/** Where the machine is critical, so is a metric that is worth less than this by itself, of 100. */
const CRITICAL_BELOW = 50;
const RANK = { critical: 0, warn: 1 } as const;

/** An installed service that does not answer tells no view. */
export const SERVICE_SILENT: AdviceReason = plain("serviceSilent", "startService");

/** Every reason for which a machine is not well, or does not report; worst first. */
export function reasonsOf(view: LocalView): AdviceReason[] {
  if (view.state.kind !== "reporting") return stateReasons(view.state);
  const reasons = [...figureReasons(view), ...decisionReasons(view.attention.reasons)];
  return reasons.toSorted((a, b) => RANK[a.level] - RANK[b.level] || (b.lost ?? 0) - (a.lost ?? 0));
}

/** A reason where a service runs the agent: its set-up and its starting are not in the person's hands. */
export function ofService(reason: AdviceReason): AdviceReason {
  switch (reason.whatToDo) {
    case "setUp":
    case "setUpAgain":
      return { ...reason, whatToDo: "askIt" };
    case "startAgain":
      return { ...reason, whatToDo: "startService" };
    default:
      return reason;
  }
}

function stateReasons(state: LocalView["state"]): AdviceReason[] {
  switch (state.kind) {
    case "not-enrolled":
      return state.reason === null
        ? [plain("notSetUp", "setUp")]
        : [plain("identityUnusable", "setUpAgain", state.reason)];
    case "copied-machine":
      return [plain("copiedMachine", "setUpAgain")];
    case "unidentified":
      return [plain("unidentified", "askIt", state.reason)];
    case "revoked":
      return [plain("revoked", "setUpAgain")];
    case "stopped":
      return [plain("stopped", "startAgain")];
    case "starting":
    case "paused":
    case "reporting":
      return [];
  }
}

function figureReasons({ latest, attention }: LocalView): AdviceReason[] {
  const floor = attention.reasons.find((reason) => reason.kind === "disk-floor");
  const mount = latest?.diskMount ?? null;
  if (!latest) return floor ? [floorReason(floor, null, mount)] : [];
  if (latest.health.status === "unknown") {
    const unread = latest.health.missing.map((metric) => plain(`${metric}Unread`, "waitForFigures"));
    return floor ? [floorReason(floor, null, mount), ...unread] : unread;
  }
  const { lost, components } = latest.health;
  return METRICS.flatMap((metric) => {
    if (metric === "disk" && floor) return [floorReason(floor, lost.disk, mount)];
    if (lost[metric] === 0) return [];
    const isCritical = attention.level === "critical" && components[metric] < CRITICAL_BELOW;
    const level = isCritical ? "critical" : "warn";
    return [{ ...worded(metric, latest), level, lost: lost[metric] }];
  });
}

type Worded = Pick<AdviceReason, "key" | "params" | "whatToDo" | "about">;

function worded(metric: ScoredMetric, { sample, diskMount }: Latest): Worded {
  const used: Figure = { as: "percent", value: sample[metric] ?? 0 };
  switch (metric) {
    case "cpu":
      return { key: "cpu", params: { used }, whatToDo: "easeProcessor", about: null };
    case "memory":
      return { key: "memory", params: { used }, whatToDo: "easeMemory", about: null };
    case "disk":
      return wordedDisk(used, sample.diskFree ?? null, diskMount);
  }
}

function wordedDisk(used: Figure, freeBytes: number | null, mount: string | null): Worded {
  const common = { whatToDo: "freeDisk", about: mount } as const;
  if (freeBytes === null) return { key: "disk", params: { used }, ...common };
  return { key: "diskLeft", params: { used, left: { as: "bytes", value: freeBytes } }, ...common };
}

function floorReason(floor: DiskFloor, lost: number | null, mount: string | null): AdviceReason {
  const used: Figure = { as: "percent", value: floor.usedPercent };
  return { ...wordedDisk(used, floor.freeBytes, mount), level: "critical", lost };
}

function decisionReasons(reasons: readonly AttentionReason[]): AdviceReason[] {
  return reasons.flatMap((reason) => {
    switch (reason.kind) {
      case "approval-pending":
        return [plain("approvalPending", "waitForIt")];
      case "clone-suspected":
        return [{ ...plain("cloneSuspected", "askIt"), level: "critical" as const }];
      case "absent":
      case "health":
      case "disk-floor":
        return [];
    }
  });
}

function plain(key: ReasonKey, whatToDo: WhatToDoKey, about: string | null = null): AdviceReason {
  return { key, params: {}, whatToDo, level: "warn", lost: null, about };
}
