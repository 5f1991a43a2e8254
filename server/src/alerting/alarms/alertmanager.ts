import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { AlertmanagerAlert, AlertmanagerNotification } from "@muster/shared/contracts/reported-alarm.ts";
import { toLine } from "@muster/shared/contracts/text.ts";
import type { IncomingAlarm } from "./report-step.ts";

const MAX_TEXT_LENGTH = 200;

/** The alarms of a notification of Alertmanager; of several alerts with one fingerprint, the last one counts. */
export function alarmsOfNotification({ alerts }: AlertmanagerNotification): IncomingAlarm[] {
  const byFingerprint = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
  return [...byFingerprint.values()].map((alert) => ({
    key: `alertmanager/${alert.fingerprint}`,
    state: alert.status === "firing" ? "open" : "ended",
    severity: severityOf(alert.labels["severity"]),
    text: textOf(alert),
    instance: toLine(alert.labels["instance"] ?? "", MAX_TEXT_LENGTH),
  }));
}

function textOf({ labels, annotations }: AlertmanagerAlert): string {
  const texts = [annotations["summary"], annotations["description"], labels["alertname"]];
  for (const text of texts) {
    const line = toLine(text ?? "", MAX_TEXT_LENGTH);
    if (line !== null) return line;
  }
  return "Alert";
}

/** Alertmanager leaves the names of severities to its users; these are the usual ones. */
function severityOf(label: string | undefined): AlarmSeverity {
  switch (label?.toLowerCase()) {
    case "critical":
    case "page":
    case "error":
    case "emergency":
      return "critical";
    case "info":
    case "informational":
    case "none":
      return "info";
    default:
      return "warning";
  }
}
