import type { AttentionLevel, AttentionReason } from "@muster/shared/health/attention.ts";
import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import type { AdviceValue, AdviceValues } from "./advice-values.ts";

type ReasonKey = keyof (typeof trayWindowsEn)["advice"]["reason"];
type WhatToDoKey = keyof (typeof trayWindowsEn)["advice"]["whatToDo"];
type Latest = NonNullable<LocalView["latest"]>;
type DiskFloor = Extract<AttentionReason, { kind: "disk-floor" }>;

/** A reason (a key below `windows.advice.reason`) and what the user can do (a key below `windows.advice.whatToDo`). */
export type AdviceReason = {
  key: ReasonKey;
  params: AdviceValues;
  whatToDo: WhatToDoKey;
  level: Exclude<AttentionLevel, "none">;
  /** Points that it takes off the score; null when it does not affect the score. */
  lost: number | null;
  /** Detail from the operating system: a mount point or an error text. */
  about: string | null;
};

const METRICS = ["disk", "memory", "cpu"] as const;
type ScoredMetric = (typeof METRICS)[number];

/** On a critical machine, a metric with fewer than this many of 100 points is shown as critical too. */
const CRITICAL_BELOW = 50;
const RANK = { critical: 0, warn: 1 } as const;

/** A service that does not answer sends no view to derive a reason from. */
export const SERVICE_UNREACHABLE: AdviceReason = simpleReason("serviceUnreachable", "startService");

/** All reasons why a machine needs attention or does not report, worst first. */
export function reasonsOf(view: LocalView): AdviceReason[] {
  if (view.state.kind !== "reporting") return stateReasons(view.state);
  const reasons = [...metricReasons(view), ...decisionReasons(view.attention.reasons)];
  return reasons.toSorted((a, b) => RANK[a.level] - RANK[b.level] || (b.lost ?? 0) - (a.lost ?? 0));
}

/** Adapts a reason to a machine with a service, which the user can neither set up nor start. */
export function forServiceRole(reason: AdviceReason): AdviceReason {
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
        ? [simpleReason("notSetUp", "setUp")]
        : [simpleReason("identityUnusable", "setUpAgain", state.reason)];
    case "copied-machine":
      return [simpleReason("copiedMachine", "setUpAgain")];
    case "unidentified":
      return [simpleReason("unidentified", "askIt", state.reason)];
    case "revoked":
      return [simpleReason("revoked", "setUpAgain")];
    case "stopped":
      return [simpleReason("stopped", "startAgain")];
    case "starting":
    case "paused":
    case "reporting":
      return [];
  }
}

function metricReasons({ latest, attention }: LocalView): AdviceReason[] {
  const floor = attention.reasons.find((reason) => reason.kind === "disk-floor");
  const mount = latest?.diskMount ?? null;
  if (!latest) return floor ? [floorReason(floor, null, mount)] : [];
  if (latest.health.status === "unknown") {
    const unread = latest.health.missing.map((metric) => simpleReason(`${metric}Unread`, "waitForMetrics"));
    return floor ? [floorReason(floor, null, mount), ...unread] : unread;
  }
  const { lost, components } = latest.health;
  return METRICS.flatMap((metric) => {
    if (metric === "disk" && floor) return [floorReason(floor, lost.disk, mount)];
    if (lost[metric] === 0) return [];
    const isCritical = attention.level === "critical" && components[metric] < CRITICAL_BELOW;
    const level = isCritical ? "critical" : "warn";
    return [{ ...metricText(metric, latest), level, lost: lost[metric] }];
  });
}

type ReasonText = Pick<AdviceReason, "key" | "params" | "whatToDo" | "about">;

function metricText(metric: ScoredMetric, { sample, diskMount }: Latest): ReasonText {
  const used: AdviceValue = { as: "percent", value: sample[metric] ?? 0 };
  switch (metric) {
    case "cpu":
      return { key: "cpu", params: { used }, whatToDo: "easeProcessor", about: null };
    case "memory":
      return { key: "memory", params: { used }, whatToDo: "easeMemory", about: null };
    case "disk":
      return diskText(used, sample.diskFree ?? null, diskMount);
  }
}

function diskText(used: AdviceValue, freeBytes: number | null, mount: string | null): ReasonText {
  const common = { whatToDo: "freeDisk", about: mount } as const;
  if (freeBytes === null) return { key: "disk", params: { used }, ...common };
  return { key: "diskLeft", params: { used, left: { as: "bytes", value: freeBytes } }, ...common };
}

function floorReason(floor: DiskFloor, lost: number | null, mount: string | null): AdviceReason {
  const used: AdviceValue = { as: "percent", value: floor.usedPercent };
  return { ...diskText(used, floor.freeBytes, mount), level: "critical", lost };
}

function decisionReasons(reasons: readonly AttentionReason[]): AdviceReason[] {
  return reasons.flatMap((reason) => {
    switch (reason.kind) {
      case "approval-pending":
        return [simpleReason("approvalPending", "waitForIt")];
      case "clone-suspected":
        return [{ ...simpleReason("cloneSuspected", "askIt"), level: "critical" as const }];
      case "absent":
      case "health":
      case "disk-floor":
      case "fault":
        return [];
    }
  });
}

function simpleReason(key: ReasonKey, whatToDo: WhatToDoKey, about: string | null = null): AdviceReason {
  return { key, params: {}, whatToDo, level: "warn", lost: null, about };
}
