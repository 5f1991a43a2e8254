import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { WindowState } from "../ipc-contract.ts";
import { chooseIcon } from "./tray-icon.ts";
import type { TrayWords } from "./words.ts";

/** How the machine is, in a few words. */
export function statusLine(
  state: Pick<WindowState, "view" | "role">,
  { t, formats }: TrayWords,
  nowMs: number,
): string {
  const { view, role } = state;
  if (role === "service-silent") return t("tray.status.serviceSilent");
  if (view === null) return t("tray.status.connecting");
  switch (view.state.kind) {
    case "starting":
      return t("tray.status.starting");
    case "not-enrolled":
      return t("tray.status.notEnrolled");
    case "copied-machine":
      return t("tray.status.copiedMachine");
    case "unidentified":
      return t("tray.status.unidentified");
    case "revoked":
      return t("tray.status.revoked");
    case "stopped":
      return t("tray.status.stopped");
    case "paused": {
      const { untilMs } = view.state;
      if (untilMs === null) return t("tray.status.pausedUntilResumed");
      return t("tray.status.pausedUntil", { until: whenOf(untilMs, nowMs, formats) });
    }
    case "reporting":
      return reportingLine(state, view, { t, formats }, nowMs);
  }
}

function reportingLine(
  state: Pick<WindowState, "view" | "role">,
  view: LocalView,
  { t, formats }: TrayWords,
  nowMs: number,
): string {
  const icon = chooseIcon(state);
  if (icon === "offline") {
    const { lastDeliveredAtMs } = view.contact;
    if (lastDeliveredAtMs === null) return t("tray.status.offline");
    return t("tray.status.offlineSince", { when: whenOf(lastDeliveredAtMs, nowMs, formats) });
  }
  if (icon === "critical") return t("tray.status.critical");
  if (icon === "warn") return t("tray.status.warn");
  if (icon === "ok") return t("tray.status.well");
  return t(view.latest === null ? "tray.status.measuring" : "tray.status.unknown");
}

const HALF_A_DAY_MS = 12 * 3_600_000;

/** An instant as a person would say it: the time alone while it is near, with its day when it is not. */
export function whenOf(atMs: number, nowMs: number, formats: TrayWords["formats"]): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs < HALF_A_DAY_MS) return formats.clock(atMs);
  return distanceMs < 6 * 24 * 3_600_000 ? formats.weekday(atMs) : formats.minute(atMs);
}
