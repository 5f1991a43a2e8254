import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime, TimeSince } from "../../ui/relative-time.tsx";
import { useSession } from "../session/session-context.tsx";
import { ALARM_KINDS } from "./alarm-query.ts";
import classes from "./alarm-page.module.css";
import { useAlarmText } from "./use-alarm-text.ts";
import { useHistoryFacts } from "./use-history-facts.ts";

/** Stands for the mails to users where an alarm names a channel. */
const SERVER_MAIL = "mail";

/** What is known of an alarm, as names and values. */
export function AlarmFacts({ alarm }: { alarm: Alarm }) {
  const { t, formats } = useTranslations();
  const { endOf, valuesOf } = useAlarmText();
  const { openedAt, endedAt, acknowledgement, facts, device, customer, customerId } = alarm;
  const { value, threshold } = valuesOf(alarm);
  const historyFacts = useHistoryFacts();
  const kind = ALARM_KINDS.find((one) => one === alarm.type);
  return (
    <section className={classes.section}>
      <h2>{t("alarmPages.page.facts")}</h2>
      <FactList
        facts={[
          { name: t("alarmPages.page.type"), value: kind ? t(`alarmPages.kind.${kind}`) : alarm.type },
          { name: t("alarmPages.page.opened"), value: <RelativeTime at={openedAt} /> },
          {
            name: t("alarmPages.page.since"),
            value: facts.since === undefined ? null : formats.minute(facts.since),
          },
          { name: t("alarmPages.page.ended"), value: endedAt && <RelativeTime at={endedAt} /> },
          {
            name: t("alarmPages.page.duration"),
            value:
              endedAt === null ? (
                <TimeSince at={openedAt} />
              ) : (
                formats.duration(Date.parse(endedAt) - Date.parse(openedAt))
              ),
          },
          { name: t("alarmPages.page.reason"), value: endOf(alarm) },
          { name: t("alarmPages.page.value"), value },
          { name: t("alarmPages.page.level"), value: threshold },
          { name: t("alarmPages.page.instance"), value: alarm.instance },
          ...historyFacts(alarm),
          { name: t("alarmPages.page.rule"), value: <RuleLink alarm={alarm} /> },
          {
            name: t("deliveries.channel"),
            value: facts.channelId !== undefined && (
              <Link href={deliveriesOf(facts.channelId)} className={classes.link}>
                <bdi>{facts.text}</bdi>
              </Link>
            ),
          },
          {
            name: t("alarmPages.page.device"),
            value: device && (
              <Link href={`/devices/${device.id}`} className={classes.link}>
                <bdi>{plainName(device.name)}</bdi>
              </Link>
            ),
          },
          {
            name: t("alarmPages.page.customer"),
            value: customer !== null && (
              <Link href={`/customers/${customerId}`} className={classes.link}>
                <bdi>{customer}</bdi>
              </Link>
            ),
          },
          {
            name: t("alarmPages.page.assignee"),
            value: alarm.assignee?.name ?? t("alarmPages.list.nobody"),
          },
          {
            name: t("alarmPages.page.acknowledged"),
            value: acknowledgement && `${acknowledgement.by}, ${formats.minute(acknowledgement.at)}`,
          },
          {
            name: t("alarmPages.page.snoozed"),
            value: alarm.snoozedUntil && formats.minute(alarm.snoozedUntil),
          },
          {
            name: t("alarmPages.page.tickets"),
            value: alarm.tickets.length > 0 && <Tickets tickets={alarm.tickets} />,
          },
          {
            name: t("alarmPages.page.occurrences"),
            value: alarm.occurrences > 1 && formats.whole(alarm.occurrences),
          },
          { name: t("alarmPages.page.violations"), value: formats.whole(alarm.violations) },
        ].filter((fact) => fact.value !== false)}
      />
    </section>
  );
}

/** The tickets of the alarm in other systems. */
function Tickets({ tickets }: Pick<Alarm, "tickets">) {
  return (
    <span className={classes.tickets}>
      {tickets.map(({ channel, key, url }) => (
        <span key={`${channel} ${key}`}>
          {url === null ? (
            <bdi>{key}</bdi>
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer" className={classes.link}>
              <bdi>{key}</bdi>
            </a>
          )}{" "}
          (<bdi>{channel}</bdi>)
        </span>
      ))}
    </span>
  );
}

/** The log of a channel. The server's own mails have no channel to filter by. */
function deliveriesOf(channelId: string): string {
  return channelId === SERVER_MAIL ? "/settings/deliveries" : `/settings/deliveries?channel=${channelId}`;
}

/** The rule that opened the alarm. Rules are closed to members with a customer limit: they see its name. */
function RuleLink({ alarm: { rule } }: { alarm: Alarm }) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  if (rule === null) return t("alarmPages.page.noRule");
  if (limit !== null) return <bdi>{rule.name}</bdi>;
  return (
    <Link href={`/settings/alarm-rules/${rule.id}`} className={classes.link}>
      <bdi>{rule.name}</bdi>
    </Link>
  );
}
