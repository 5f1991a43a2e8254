import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { basePath } from "../../api/base-path.ts";
import { useWords } from "../../i18n/words.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { ENROL_SYSTEMS, type EnrolSystem, enrolLine, RUN_LINE, systemOf } from "./enrol-line.ts";
import classes from "./enrol-lines.module.css";

/** The lines to run on the computer that should join, for its system, each ready to copy. */
export function EnrolLines({ secret }: { secret: string }) {
  const { t } = useWords();
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
