import type { HelpDiagnostics } from "@muster/shared/contracts/device-support.ts";
import { useTranslations } from "../frame/use-translations.ts";
import classes from "./ask-window.module.css";

/** Everything that a summary of this computer contains. */
export function DiagnosticsList({ diagnostics }: { diagnostics: HelpDiagnostics }) {
  const { t, formats } = useTranslations();
  const { atMs, agentVersion, state, health, problem, diskPercent, diskMount, uptimeS } = diagnostics;
  const unknown = t("windows.ask.summary.unknown");
  const used = diskPercent === null ? null : formats.percent(diskPercent);
  const disk =
    used === null || diskMount === null
      ? (used ?? unknown)
      : t("windows.ask.summary.diskOf", { used, mount: diskMount });
  const rows = [
    ["at", formats.exact(atMs)],
    ["agentVersion", agentVersion],
    ["state", state],
    ["health", health === null ? unknown : t("windows.ask.summary.healthOf", { score: health })],
    ["problem", problem ?? t("windows.ask.summary.none")],
    ["disk", disk],
    ["uptime", uptimeS === null ? unknown : formats.exactDuration(uptimeS * 1000)],
  ] as const;
  return (
    <dl className={classes.summary}>
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`windows.ask.summary.${key}`)}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
