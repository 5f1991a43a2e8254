import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { readBatches } from "../../api/action-calls.ts";
import type { AlarmRequest } from "../../api/alarm-calls.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import rowList from "../../ui/row-list.module.css";
import { useActionTexts } from "../actions/action-catalog.ts";
import { AlarmBriefs } from "./alarm-brief.tsx";
import classes from "./alarm-page.module.css";

const AROUND_MS = 30 * 60_000;
const SHOWN = 20;

/** The span around the beginning of an alarm, as the API takes it. */
function spanAround({ openedAt }: Alarm): { from: string; to: string } {
  const at = Date.parse(openedAt);
  return { from: new Date(at - AROUND_MS).toISOString(), to: new Date(at + AROUND_MS).toISOString() };
}

/** What else happened when the alarm opened: other alarms of its device and customer, and actions on the device. */
export function AlarmsAround({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslations();
  const { device, customerId } = alarm;
  if (device === null && customerId === null) return null;
  const { from: openedFrom, to: openedTo } = spanAround(alarm);
  const around = { state: "all", openedFrom, openedTo, sort: "opened", limit: SHOWN } as const;
  return (
    <section className={classes.section}>
      <h2>{t("alarmPages.page.around")}</h2>
      <p className={classes.hint}>{t("alarmPages.page.aroundHint")}</p>
      {device && (
        <OtherAlarms
          title={t("alarmPages.page.sameDevice")}
          query={{ ...around, deviceId: device.id }}
          isOther={(other) => other.id !== alarm.id}
          hasDevice={false}
        />
      )}
      {customerId !== null && (
        <OtherAlarms
          title={t("alarmPages.page.sameCustomer")}
          query={{ ...around, customerId }}
          isOther={(other) => other.id !== alarm.id && (!device || other.device?.id !== device.id)}
          hasDevice
        />
      )}
      {device && <ActionsAround alarm={alarm} deviceId={device.id} />}
    </section>
  );
}

/** Alarms of the same rule on the same device that opened before. */
export function EarlierAlarms({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslations();
  const { rule, device, openedAt: openedTo } = alarm;
  if (rule === null || device === null) return null;
  return (
    <section className={classes.section}>
      <OtherAlarms
        title={t("alarmPages.page.earlier")}
        query={{
          state: "all",
          ruleId: rule.id,
          deviceId: device.id,
          openedTo,
          sort: "opened",
          limit: SHOWN,
        }}
        isOther={(other) => other.id !== alarm.id}
        hasDevice={false}
      />
      <Link href={`/alarms?state=all&device=${device.id}&rule=${rule.id}`} className={classes.link}>
        {t("alarmPages.page.more")}
      </Link>
    </section>
  );
}

type OtherAlarmsProps = {
  title: string;
  query: AlarmRequest;
  isOther: (alarm: Alarm) => boolean;
  hasDevice: boolean;
};

function OtherAlarms({ title, query, isOther, hasDevice }: OtherAlarmsProps) {
  const { data } = useQuery(queries.alarms(query));
  return (
    <>
      <h3>{title}</h3>
      {data && <AlarmBriefs label={title} alarms={data.items.filter(isOther)} hasDevice={hasDevice} />}
    </>
  );
}

function ActionsAround({ alarm, deviceId }: { alarm: Alarm; deviceId: string }) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const { from: since, to: until } = spanAround(alarm);
  const { data } = useQuery({
    queryKey: ["action-batches", "around", { deviceId, since, until }],
    queryFn: ({ signal }) =>
      readBatches({ deviceId, since, until }, { query: { cursor: undefined }, signal }),
  });
  const title = t("alarmPages.page.actions");
  return (
    <>
      <h3>{title}</h3>
      {data?.items.length === 0 && <p className={classes.hint}>{t("alarmPages.page.nothing")}</p>}
      {data && data.items.length > 0 && (
        <ul className={rowList.list} aria-label={title}>
          {data.items.map(({ id, type, askedBy, askedAt }) => (
            <li key={id} className={classes.brief}>
              <span>
                <Link href={`/actions?batch=${id}`} className={classes.link}>
                  {textsOf(type).label}
                </Link>{" "}
                <span className={classes.dim}>
                  <bdi>{t("alarmPages.event.by", { name: askedBy.name })}</bdi>
                </span>
              </span>
              <span className={classes.when}>
                <RelativeTime at={askedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
