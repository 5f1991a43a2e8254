import { Button } from "@mantine/core";
import type { AlarmBulkResult } from "@muster/shared/contracts/alarm-change.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./alarms-page.module.css";

const MAX_SHOWN = 50;

type AlarmRefusalsProps = { result: AlarmBulkResult; nameOf: (id: string) => string; onClose: () => void };

/** Which alarms a request did not change, each with the reason. */
export function AlarmRefusals({ result: { changed, refused }, nameOf, onClose }: AlarmRefusalsProps) {
  const { t } = useTranslations();
  const more = refused.length - MAX_SHOWN;
  return (
    <div className={classes.refusals}>
      {changed.length > 0 && <p>{t("alarmPages.dialog.changed", { count: changed.length })}</p>}
      <p role="alert">{t("alarmPages.dialog.refused", { count: refused.length })}</p>
      <ul>
        {refused.slice(0, MAX_SHOWN).map(({ id, reason }) => (
          <li key={id}>
            <strong>
              <bdi>{nameOf(id)}</bdi>
            </strong>{" "}
            {t(`alarmPages.refusal.${reason}`)}
          </li>
        ))}
        {more > 0 && <li>{t("alarmPages.dialog.andMore", { count: more })}</li>}
      </ul>
      <Button variant="default" onClick={onClose}>
        {t("alarmPages.dialog.close")}
      </Button>
    </div>
  );
}
