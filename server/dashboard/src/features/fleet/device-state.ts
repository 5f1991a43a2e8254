import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import { HEALTH_METRICS } from "@muster/shared/health/score-formula.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import type { StateName } from "../../ui/state-icon.tsx";

/**
 * The one icon that stands for a device. Not reporting goes before health, because old metrics say nothing. A device that is
 * offline unexpectedly is "absent".
 */
export function shownState(device: Pick<DeviceSummary, "presence" | "attention" | "health">): StateName {
  const { presence, attention, health } = device;
  switch (presence.shown) {
    case "maintenance":
      return "maintenance";
    case "asleep":
      return presence.isAbsent ? "absent" : "asleep";
    case "expired":
      return presence.isAbsent ? "absent" : "expired";
    case "offline":
    case "shutting-down":
    case "restarting":
    case "agent-stopped":
      return presence.isAbsent ? "absent" : "offline";
    case "waiting":
      return "waiting";
    case "online":
    case "late":
      break;
  }
  if (attention.level !== "none") return attention.level;
  if (presence.paused) return "paused";
  if (presence.shown === "late") return "late";
  return health.status === "unknown" ? "unknown" : "ok";
}

/** Whether the device reports, so that its metrics are current. */
export function isReporting(device: Pick<DeviceSummary, "presence">): boolean {
  const { shown, connection } = device.presence;
  if (shown === "maintenance") return connection === "online" || connection === "late";
  return shown === "online" || shown === "late";
}

/** Whether the metrics of a device are current. A device may report and have only old ones: paused, or delayed on its way. */
export function hasCurrentMetrics(device: Pick<DeviceSummary, "presence" | "areMetricsStale">): boolean {
  return isReporting(device) && !device.areMetricsStale;
}

/**
 * Since when a device is what it is shown as. A last word counts from when it was sent; of maintenance only the end is known, so
 * it has no beginning.
 */
export function shownSince({
  presence,
  lastReportAt,
}: Pick<DeviceSummary, "presence" | "lastReportAt">): string | null {
  switch (presence.shown) {
    case "maintenance":
      return null;
    case "asleep":
    case "shutting-down":
    case "restarting":
    case "agent-stopped":
    case "offline":
    case "expired":
    case "late":
      return lastReportAt ?? presence.since;
    case "online":
    case "waiting":
      return presence.since;
  }
}

const MIN_POINTS_SHOWN = 5;

/** What is wrong with a machine, about which mount point, metric or file. */
export function useFaultText(): (fault: DeviceFault["kind"], subject: string) => string {
  const { t } = useTranslations();
  return (fault, subject) => t(`fleet.reason.fault.${fault}`, { subject });
}

/** Why a device ranks where it does, worst first: points lost, little disk space, or how long it has not reported. */
export function useReasonText(): (device: DeviceSummary, nowMs: number) => string {
  const { t } = useTranslations();
  const formats = useFormats();
  const faultText = useFaultText();

  function lost(device: DeviceSummary): string[] {
    const { health, metrics, attention } = device;
    if (health.status === "unknown") {
      if (device.lastReportAt === null) return [];
      const missing = health.missing.map((metric) => t(`states.metric.${metric}`));
      return [t("fleet.reason.unknown", { metrics: formats.list(missing) })];
    }
    const least = attention.level === "none" ? MIN_POINTS_SHOWN : 1;
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
      if (reason.kind === "fault") parts.push(faultText(reason.fault, reason.subject));
      if (reason.kind === "absent") parts.push(t("fleet.reason.absent", { time: time ?? shown }));
    }
    if (presence.shown === "waiting") {
      if (device.lastReportAt === null) parts.unshift(t("states.presence.waiting"));
      return parts.join(", ");
    }
    if (!isReporting(device)) {
      const said = time === null ? shown : t("fleet.reason.for", { presence: shown, time });
      return (presence.isAbsent && parts.length > 0 ? parts : [said, ...parts]).join(", ");
    }
    if (presence.shown === "late" && time !== null) {
      parts.push(t("fleet.reason.late", { time }));
    }
    if (device.areMetricsStale && device.metricsAt !== null && presence.shown !== "late") {
      parts.push(t("fleet.reason.stale", { time: formats.duration(nowMs - Date.parse(device.metricsAt)) }));
    }
    parts.push(...lost(device));
    const floor = attention.reasons.find(({ kind }) => kind === "disk-floor");
    if (floor?.kind === "disk-floor" && floor.freeBytes !== null) {
      parts.push(t("fleet.reason.left", { size: formats.bytes(floor.freeBytes) }));
    }
    return parts.join(", ");
  };
}
