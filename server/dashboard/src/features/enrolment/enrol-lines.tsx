import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { basePath } from "../../api/base-path.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import classes from "./enrol-lines.module.css";

/** The lines to run on the computer that should join, for its system, each ready to copy. */
export function EnrolLines({ secret }: { secret: string }) {
  const { t } = useTranslations();
  const [system, setSystem] = useState<EnrolSystem>(() => systemOf(navigator.userAgent));
  return (
    <div className={classes.lines}>
      <SegmentedControl
        aria-label={t("settings.enrol.system")}
        value={system}
        onChange={(value) => setSystem(ENROL_SYSTEMS.find((one) => one === value) ?? "linux")}
        data={ENROL_SYSTEMS.map((value) => ({ value, label: t(`states.os.${value}`) }))}
      />
      <CodeLine
        text={enrolLine(system, location.origin + basePath, secret)}
        label={t("settings.enrol.copy")}
      />
      <p>{t("settings.enrol.run")}</p>
      <CodeLine text={RUN_LINE} label={t("settings.enrol.copy")} />
      <p className={classes.safe}>
        {t("settings.enrol.clone")} {t("settings.enrol.safe")}
      </p>
    </div>
  );
}

type EnrolSystem = "linux" | "macos" | "windows";

const ENROL_SYSTEMS: readonly EnrolSystem[] = ["linux", "macos", "windows"];

/**
 * The line that lets a computer join, ready to paste into its shell (sh, PowerShell). The token goes by the environment of that
 * one process, never as an argument that other users of the computer could list.
 */
export function enrolLine(system: EnrolSystem, serverUrl: string, token: string): string {
  if (system === "windows") {
    return `$env:MUSTER_ENROL_TOKEN=${quotePowerShell(token)}; muster-agent enrol --server ${quotePowerShell(serverUrl)}; Remove-Item Env:MUSTER_ENROL_TOKEN`;
  }
  return `MUSTER_ENROL_TOKEN=${quoteSh(token)} muster-agent enrol --server ${quoteSh(serverUrl)}`;
}

/** What keeps the agent running after it joined. */
const RUN_LINE = "muster-agent run";

/** The system of the computer at which this page is read. */
export function systemOf(userAgent: string): EnrolSystem {
  if (/Windows/i.test(userAgent)) return "windows";
  if (/Macintosh|Mac OS X/i.test(userAgent)) return "macos";
  return "linux";
}

function quoteSh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function quotePowerShell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
