import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import type { Attention, AttentionReason } from "@muster/shared/health/attention.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import type { TrayRole } from "../ipc-contract.ts";
import type { Figures } from "./advice-figures.ts";
import { type AdviceReason, ofService, reasonsOf, SERVICE_SILENT } from "./advice-reasons.ts";
import { type Connection, connectionOf } from "./connection.ts";
import { chooseIcon } from "./tray-icon.ts";

type SentenceKey = keyof (typeof trayWindowsEn)["advice"]["sentence"];

/** A key below `windows.advice.sentence`, and the figures that stand in its text. */
type AdviceSentence = { key: SentenceKey; params: Figures };

export type Advice = {
  /** As the tray's icon. */
  level: TrayIconState;
  sentence: AdviceSentence;
  /** Worst first. */
  reasons: readonly AdviceReason[];
  connection: Connection;
  /** 0 to 100; null when there is none at present. */
  score: number | null;
};

/**
 * What to tell the person about their machine: one sentence, every reason, and what they can do. It follows the tray's icon: what
 * keeps the machine from reporting goes before a server that is not reached, and that before figures.
 */
export function adviceOf(view: LocalView | null, role: TrayRole): Advice {
  const level = chooseIcon({ view, role });
  const unseen = { level, connection: { kind: "none" }, score: null } as const;
  if (role === "service-silent") {
    return { ...unseen, sentence: plain("serviceSilent"), reasons: [SERVICE_SILENT] };
  }
  if (!view) return { ...unseen, sentence: plain("starting"), reasons: [] };
  const reasons = role === "service" ? reasonsOf(view).map(ofService) : reasonsOf(view);
  const sentence = stateSentence(view) ?? figuresSentence(level, view, reasons);
  return { level, sentence, reasons, connection: connectionOf(view), score: scoreOf(view) };
}

/** What keeps the machine from reporting; null when it reports. */
function stateSentence({ state }: LocalView): AdviceSentence | null {
  switch (state.kind) {
    case "starting":
      return plain("starting");
    case "not-enrolled":
      return plain("notSetUp");
    case "copied-machine":
      return plain("copiedMachine");
    case "unidentified":
      return plain("unidentified");
    case "revoked":
      return plain("revoked");
    case "stopped":
      return plain("stopped");
    case "paused":
      return state.untilMs === null
        ? plain("paused")
        : { key: "pausedUntil", params: { time: { as: "moment", value: state.untilMs } } };
    case "reporting":
      return null;
  }
}

function figuresSentence(
  level: TrayIconState,
  { attention, latest, contact }: LocalView,
  reasons: readonly AdviceReason[],
): AdviceSentence {
  if (level === "offline") return unreached(contact.lastDeliveredAtMs);
  const worst = mostTelling(attention);
  if (worst) return attentionSentence(worst, reasons);
  if (!latest) return plain("measuring");
  if (latest.health.status === "unknown") return plain("unmeasured");
  return plain(latest.health.status === "ok" ? "well" : "busy");
}

function unreached(sinceMs: number | null): AdviceSentence {
  if (sinceMs === null) return plain("neverReached");
  return { key: "unreachedSince", params: { time: { as: "moment", value: sinceMs } } };
}

/** Among the worst, what names its cause goes before the score, which only sums up. */
function mostTelling({ level, reasons }: Attention): AttentionReason | undefined {
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
      return plain("approvalPending");
    case "clone-suspected":
      return plain("cloneSuspected");
    case "absent":
      return plain("absent");
    case "health":
      return plain(healthSentence(reasons));
  }
}

/** Names what costs the most points. */
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

function plain(key: SentenceKey): AdviceSentence {
  return { key, params: {} };
}
