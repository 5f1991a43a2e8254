import type { AlarmDetail, AlarmEvent, AlarmEventKind } from "@muster/shared/contracts/alarm.ts";
import {
  Activity,
  AlarmClock,
  AlarmClockOff,
  Bell,
  CircleCheck,
  CircleOff,
  CircleX,
  type LucideIcon,
  MessageSquare,
  TrendingDown,
  TrendingUp,
  UserRound,
} from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import rowList from "../../ui/row-list.module.css";
import classes from "./alarm-page.module.css";
import { useAlarmText } from "./use-alarm-text.ts";

const ICONS: Record<AlarmEventKind, LucideIcon> = {
  opened: Bell,
  reopened: Bell,
  escalated: TrendingUp,
  eased: TrendingDown,
  unstable: Activity,
  calmed: Activity,
  ended: CircleOff,
  released: Bell,
  acknowledged: CircleCheck,
  unacknowledged: CircleX,
  "acknowledgement-ended": CircleX,
  snoozed: AlarmClockOff,
  "snooze-ended": AlarmClock,
  assigned: UserRound,
  commented: MessageSquare,
};

/** Everything that happened to an alarm, newest first, with who did it. */
export function AlarmTimeline({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslations();
  return (
    <section className={classes.section}>
      <h2>{t("alarmPages.page.timeline")}</h2>
      <ol className={`${rowList.list} ${classes.timeline}`} aria-label={t("alarmPages.page.timeline")}>
        {alarm.timeline.toReversed().map((event) => (
          <Event key={event.number} event={event} alarm={alarm} />
        ))}
      </ol>
    </section>
  );
}

function Event({ event, alarm }: { event: AlarmEvent; alarm: AlarmDetail }) {
  const { t } = useTranslations();
  const { valuesOf } = useAlarmText();
  const eventText = useEventText();
  const { format } = valuesOf(alarm);
  const Icon = ICONS[event.kind];
  const value =
    event.value === null || format === null
      ? null
      : t("alarmPages.event.value", { value: format(event.value) });
  return (
    <li className={classes.event}>
      <Icon size={16} aria-hidden="true" />
      <div className={classes.what}>
        <strong>
          <bdi>{eventText(event, alarm)}</bdi>
        </strong>
        {event.by && (
          <span className={classes.dim}>
            {" "}
            <bdi>{t("alarmPages.event.by", { name: event.by.name })}</bdi>
          </span>
        )}
        {value !== null && <span className={classes.dim}> {value}</span>}
        {event.note !== null && (
          <p>
            <bdi>{event.note}</bdi>
          </p>
        )}
      </div>
      <span className={classes.when}>
        <RelativeTime at={event.at} />
      </span>
    </li>
  );
}

function useEventText() {
  const { t, formats } = useTranslations();
  const { endOf } = useAlarmText();
  return (event: AlarmEvent, alarm: AlarmDetail): string => {
    const { kind } = event;
    const severity = t(`alarms.severity.${event.severity}`);
    const time = event.until === null ? "" : formats.minute(event.until);
    switch (kind) {
      case "escalated":
      case "eased":
        return t(`alarmPages.event.${kind}`, { severity });
      case "ended":
        return t("alarmPages.event.ended", {
          reason: endOf({ endReason: event.reason, endedBy: event.by?.name ?? alarm.endedBy }),
        });
      case "acknowledged":
        return time === ""
          ? t("alarmPages.event.acknowledged")
          : t("alarmPages.event.acknowledgedUntil", { time });
      case "snoozed":
        return t("alarmPages.event.snoozed", { time });
      case "assigned":
        return event.assignee === null
          ? t("alarmPages.event.assignedNobody")
          : t("alarmPages.event.assigned", { name: event.assignee });
      default:
        return t(`alarmPages.event.${kind}`);
    }
  };
}
