import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import type { Attention, AttentionReason } from "@muster/shared/health/attention.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import type { TrayRole } from "../ipc-contract.ts";
import type { AdviceValues } from "./advice-values.ts";
import { type AdviceReason, forServiceRole, reasonsOf, SERVICE_UNREACHABLE } from "./advice-reasons.ts";
import { type Connection, connectionOf } from "./connection.ts";
import { chooseIcon } from "./tray-icon.ts";

type SentenceKey = keyof (typeof trayWindowsEn)["advice"]["sentence"];

/** A key below `windows.advice.sentence`, and the values for its placeholders. */
type AdviceSentence = { key: SentenceKey; params: AdviceValues };

export type Advice = {
  /** The same as the tray icon. */
  level: TrayIconState;
  sentence: AdviceSentence;
  /** Worst first. */
  reasons: readonly AdviceReason[];
  connection: Connection;
  /** 0 to 100; null when there is no score now. */
  score: number | null;
};

/**
 * What the user is told about their machine: one sentence, all reasons, and what they can do. As with the tray icon, what keeps the
 * machine from reporting comes first, then a server that is not reached, then the metrics.
 */
export function adviceOf(view: LocalView | null, role: TrayRole): Advice {
  const level = chooseIcon({ view, role });
  const unseen = { level, connection: { kind: "none" }, score: null } as const;
  if (role === "service-unreachable") {
    return { ...unseen, sentence: simpleSentence("serviceUnreachable"), reasons: [SERVICE_UNREACHABLE] };
  }
  if (!view) return { ...unseen, sentence: simpleSentence("starting"), reasons: [] };
  const reasons = role === "service" ? reasonsOf(view).map(forServiceRole) : reasonsOf(view);
  const sentence = stateSentence(view) ?? healthOrServerSentence(level, view, reasons);
  return { level, sentence, reasons, connection: connectionOf(view), score: scoreOf(view) };
}

/** Why the machine does not report; null when it does. */
function stateSentence({ state }: LocalView): AdviceSentence | null {
  switch (state.kind) {
    case "starting":
      return simpleSentence("starting");
    case "not-enrolled":
      return simpleSentence("notSetUp");
    case "copied-machine":
      return simpleSentence("copiedMachine");
    case "unidentified":
      return simpleSentence("unidentified");
    case "revoked":
      return simpleSentence("revoked");
    case "stopped":
      return simpleSentence("stopped");
    case "paused":
      return state.untilMs === null
        ? simpleSentence("paused")
        : { key: "pausedUntil", params: { time: { as: "moment", value: state.untilMs } } };
    case "reporting":
      return null;
  }
}

function healthOrServerSentence(
  level: TrayIconState,
  { attention, latest, contact }: LocalView,
  reasons: readonly AdviceReason[],
): AdviceSentence {
  if (level === "offline") return unreached(contact.lastDeliveredAtMs);
  const worst = mostSpecific(attention);
  if (worst) return attentionSentence(worst, reasons);
  if (!latest) return simpleSentence("measuring");
  if (latest.health.status === "unknown") return simpleSentence("unmeasured");
  return simpleSentence(latest.health.status === "ok" ? "well" : "busy");
}

function unreached(sinceMs: number | null): AdviceSentence {
  if (sinceMs === null) return simpleSentence("neverReached");
  return { key: "unreachedSince", params: { time: { as: "moment", value: sinceMs } } };
}

/** Of the worst reasons, one with a specific cause is preferred to the score. */
function mostSpecific({ level, reasons }: Attention): AttentionReason | undefined {
  const worst = level === "none" ? [] : reasons.filter((reason) => reason.level === level);
  return worst.find(({ kind }) => kind !== "health") ?? worst[0];
}

function attentionSentence(worst: AttentionReason, reasons: readonly AdviceReason[]): AdviceSentence {
  switch (worst.kind) {
    case "disk-floor":
      return worst.freeBytes === null
        ? { key: "diskFull", params: { used: { as: "percent", value: worst.usedPercent } } }
        : { key: "diskFullLeft", params: { left: { as: "bytes", value: worst.freeBytes } } };
    case "approval-pending":
      return simpleSentence("approvalPending");
    case "clone-suspected":
      return simpleSentence("cloneSuspected");
    case "absent":
      return simpleSentence("absent");
    case "fault":
      return simpleSentence("unwell");
    case "health":
      return simpleSentence(healthSentence(reasons));
  }
}

/** Names the metric that costs the most points. */
function healthSentence(reasons: readonly AdviceReason[]): SentenceKey {
  const costly = reasons
    .filter(({ lost }) => lost !== null)
    .toSorted((a, b) => (b.lost ?? 0) - (a.lost ?? 0));
  switch (costly[0]?.key) {
    case "disk":
    case "diskLeft":
      return "diskFilling";
    case "memory":
      return "memoryShort";
    case "cpu":
      return "processorBusy";
    default:
      return "unwell";
  }
}

function scoreOf({ state, latest }: LocalView): number | null {
  if (state.kind !== "reporting" || !latest || latest.health.status === "unknown") return null;
  return latest.health.score;
}

function simpleSentence(key: SentenceKey): AdviceSentence {
  return { key, params: {} };
}
