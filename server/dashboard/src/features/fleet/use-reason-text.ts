import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { HEALTH_METRICS } from "@muster/shared/health/score-formula.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { isReporting, shownSince } from "./shown-state.ts";

const WORTH_SAYING = 5;

/** Why a device stands where it stands, worst first: what it lost, what is scarce, or since when it is silent. */
export function useReasonText(): (device: DeviceSummary, nowMs: number) => string {
  const { t } = useWords();
  const formats = useFormats();

  function lost(device: DeviceSummary): string[] {
    const { health, metrics, attention } = device;
    if (health.status === "unknown") {
      if (device.lastReportAt === null) return [];
      const missing = health.missing.map((metric) => t(`states.metric.${metric}`));
      return [t("fleet.reason.unknown", { metrics: formats.list(missing) })];
    }
    const least = attention.level === "none" ? WORTH_SAYING : 1;
    return HEALTH_METRICS.filter((metric) => health.lost[metric] >= least)
      .toSorted((a, b) => health.lost[b] - health.lost[a])
      .map((metric) =>
        t("fleet.reason.lost", {
          metric: t(`states.metric.${metric}`),
          value: metrics[metric] === undefined ? "–" : formats.percent(metrics[metric]),
          points: health.lost[metric],
        }),
      );
  }

  return (device, nowMs) => {
    const { presence, attention } = device;
    const since = shownSince(device);
    const time = since === null ? null : formats.duration(nowMs - Date.parse(since));
    const shown = t(`states.presence.${presence.shown}`);
    const parts: string[] = [];
    for (const reason of attention.reasons) {
      if (reason.kind === "clone-suspected") parts.push(t("fleet.reason.clone"));
      if (reason.kind === "approval-pending") parts.push(t("fleet.reason.approval"));
      if (reason.kind === "absent") parts.push(t("fleet.reason.absent", { time: time ?? shown }));
    }
    if (presence.shown === "waiting") return [t("states.presence.waiting"), ...parts].join(", ");
    if (!isReporting(device)) {
      const said = time === null ? shown : t("fleet.reason.for", { presence: shown, time });
      return (presence.isAbsent && parts.length > 0 ? parts : [said, ...parts]).join(", ");
    }
    if (presence.shown === "late" && time !== null) {
      parts.push(t("fleet.reason.late", { time }));
    }
    parts.push(...lost(device));
    const floor = attention.reasons.find(({ kind }) => kind === "disk-floor");
    if (floor?.kind === "disk-floor" && floor.freeBytes !== null) {
      parts.push(t("fleet.reason.left", { size: formats.bytes(floor.freeBytes) }));
    }
    return parts.join(", ");
  };
}
