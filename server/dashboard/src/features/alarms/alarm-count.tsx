import { VisuallyHidden } from "@mantine/core";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./alarm-count.module.css";
import { useUrgentAlarms } from "./use-urgent-alarms.ts";

const MAX_SHOWN = 999;

/** The number beside the entry of the navigation; nothing while there is nothing to do. */
export function AlarmCount() {
  const { t, formats } = useTranslations();
  const { count, worst } = useUrgentAlarms();
  if (count === 0) return null;
  return (
    <span className={classes.count} data-severity={worst}>
      <span aria-hidden="true">
        {count > MAX_SHOWN ? `${formats.whole(MAX_SHOWN)}+` : formats.whole(count)}
      </span>
      <VisuallyHidden>{t("alarmPages.nav.open", { count })}</VisuallyHidden>
    </span>
  );
}
