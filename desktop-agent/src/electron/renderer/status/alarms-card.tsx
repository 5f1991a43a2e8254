import type { DeviceAlarm } from "@muster/shared/contracts/device-support.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import { formatWhen } from "../../model/format-when.ts";
import { useClock } from "../frame/clock.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { useWindowState } from "../frame/window-state.ts";
import { Card } from "../ui/card.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import classes from "./alarms-card.module.css";

const SHAPES: Record<DeviceAlarm["severity"], TrayIconState> = {
  info: "unknown",
  warning: "warn",
  critical: "critical",
};
const SIGN_PX = 18;

/** The open alarms of this machine: since when, and whether somebody is working on them. */
export function AlarmsCard({ alarms }: { alarms: readonly DeviceAlarm[] }) {
  const { t } = useTranslations();
  return (
    <Card title={t("windows.alarms.title")}>
      <ul className={classes.alarms}>
        {alarms.map((alarm) => (
          <AlarmLine key={alarm.id} alarm={alarm} />
        ))}
      </ul>
    </Card>
  );
}

function AlarmLine({ alarm }: { alarm: DeviceAlarm }) {
  const { t, formats } = useTranslations();
  const { language } = useWindowState();
  const { severity, texts, openedAt, assignedTo, acknowledgedBy } = alarm;
  const time = useClock((nowMs) => formatWhen(openedAt, nowMs, formats));
  const { title, sentence } = texts[language];
  return (
    <li className={classes.alarm}>
      <StateShape
        state={SHAPES[severity]}
        value={null}
        label={t(`windows.alarms.severity.${severity}`)}
        sizePx={SIGN_PX}
      />
      <div className={classes.text}>
        <p className={classes.title} dir="auto" title={sentence}>
          {title}
        </p>
        <p className={classes.since} title={formats.exact(openedAt)}>
          {t("windows.alarms.since", { time })}
        </p>
        <p className={classes.care} data-taken={assignedTo !== null || acknowledgedBy !== null} dir="auto">
          {assignedTo !== null && t("windows.alarms.works", { name: assignedTo })}
          {assignedTo === null && t(`windows.alarms.${acknowledgedBy === null ? "unseen" : "known"}`)}
        </p>
      </div>
    </li>
  );
}
