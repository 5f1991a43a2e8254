import type { DeviceSummary, ShownPresence } from "@muster/shared/contracts/device.ts";
import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import { HEALTH_METRICS, type HealthMetric } from "@muster/shared/health/score-formula.ts";
import type { Formats } from "@muster/shared/i18n/formats.ts";
import { isReporting, shownSince } from "./device-state.ts";

type Reason = "lost" | "left" | "absent" | "clone" | "stale" | "approval" | "unknown" | "for" | "late";

/** The texts that reasons are made of. */
export type ReasonKey =
  | `fleet.reason.${Reason}`
  | `fleet.reason.fault.${DeviceFault["kind"]}`
  | `states.presence.${ShownPresence}`
  | `states.metric.${HealthMetric}`
  | "states.shown.archived"
  | "fleet.row.noReport";

/** Texts and formats of a language. */
export type Texts = {
  t: (key: ReasonKey, values?: Readonly<Record<string, string | number>>) => string;
  formats: Formats;
};

/** Why a device ranks where it does, worst first: points lost, little disk space, or how long it has not reported. */
export function reasonText(device: DeviceSummary, nowMs: number, { t, formats }: Texts): string {
  const { presence } = device;
  const since = shownSince(device);
  const time = since === null ? null : formats.duration(nowMs - Date.parse(since));
  if (device.archivedAt !== null) {
    return t("fleet.reason.for", { presence: t("states.shown.archived"), time: time ?? "" });
  }
  const parts = attentionTexts(device, nowMs, { t, formats });
  if (presence.shown === "waiting") {
    if (device.lastReportAt === null) parts.unshift(t("fleet.row.noReport"));
    return parts.join(", ");
  }
  if (!isReporting(device)) {
    const shown = t(`states.presence.${presence.shown}`);
    const said = time === null ? shown : t("fleet.reason.for", { presence: shown, time });
    return (presence.isAbsent && parts.length > 0 ? parts : [said, ...parts]).join(", ");
  }
  if (presence.shown === "late" && time !== null) {
    parts.push(t("fleet.reason.late", { time }));
  }
  if (device.areMetricsStale && device.metricsAt !== null && presence.shown !== "late") {
    parts.push(t("fleet.reason.stale", { time: formats.duration(nowMs - Date.parse(device.metricsAt)) }));
  }
  return [...parts, ...healthTexts(device, { t, formats })].join(", ");
}

function attentionTexts(
  { attention, presence, lastReportAt }: DeviceSummary,
  nowMs: number,
  { t, formats }: Texts,
): string[] {
  // A missing approval hides since when a device does not report, but not that it is missing.
  const time = formats.duration(nowMs - Date.parse(lastReportAt ?? presence.since));
  return attention.reasons.flatMap((reason) => {
    if (reason.kind === "clone-suspected") return [t("fleet.reason.clone")];
    if (reason.kind === "approval-pending") return [t("fleet.reason.approval")];
    if (reason.kind === "fault") {
      return [t(`fleet.reason.fault.${reason.fault}`, { subject: reason.subject })];
    }
    return reason.kind === "absent" ? [t("fleet.reason.absent", { time })] : [];
  });
}

/** Every metric that costs points, so that no score below 100 is without a reason. */
function healthTexts(device: DeviceSummary, { t, formats }: Texts): string[] {
  const { health, metrics, attention } = device;
  if (health.status === "unknown") {
    if (device.lastReportAt === null) return [];
    const missing = health.missing.map((metric) => t(`states.metric.${metric}`));
    return [t("fleet.reason.unknown", { metrics: formats.list(missing) })];
  }
  const lost = HEALTH_METRICS.filter((metric) => health.lost[metric] > 0)
    .toSorted((a, b) => health.lost[b] - health.lost[a])
    .map((metric) =>
      t("fleet.reason.lost", {
        metric: t(`states.metric.${metric}`),
        value: metrics[metric] === undefined ? "–" : formats.percent(metrics[metric]),
        points: health.lost[metric],
      }),
    );
  const floor = attention.reasons.find(({ kind }) => kind === "disk-floor");
  if (floor?.kind !== "disk-floor" || floor.freeBytes === null) return lost;
  return [...lost, t("fleet.reason.left", { size: formats.bytes(floor.freeBytes) })];
}
