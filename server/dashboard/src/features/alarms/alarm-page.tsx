import { Button } from "@mantine/core";
import type { AlarmDetail } from "@muster/shared/contracts/alarm.ts";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { useSession } from "../session/session-context.tsx";
import { WatchButton } from "../watches/watch-button.tsx";
import { AlarmBanners } from "./alarm-banners.tsx";
import { AlarmButtons } from "./alarm-buttons.tsx";
import { AlarmDeliveries } from "./alarm-deliveries.tsx";
import { AlarmFacts } from "./alarm-facts.tsx";
import classes from "./alarm-page.module.css";
import { AlarmsAround, EarlierAlarms } from "./alarm-related.tsx";
import { AlarmSeverityLabel } from "./alarm-severity.tsx";
import { AlarmState } from "./alarm-state.tsx";
import { AlarmTimeline } from "./alarm-timeline.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

const AlarmChart = lazy(() => import("./alarm-chart.tsx").then((m) => ({ default: m.AlarmChart })));
const HelpThread = lazy(() =>
  import("../help-requests/help-thread.tsx").then((m) => ({ default: m.HelpThread })),
);

/** Everything about one alarm. */
export function AlarmPage({ id }: { id: string }) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const alarm = useQuery(queries.alarm(id));
  usePageTitle(alarm.data ? textOf(alarm.data).title : t("alarmPages.one"));
  if (alarm.error && !alarm.data) {
    return <FailureState error={alarm.error} retry={() => void alarm.refetch()} isPage />;
  }
  if (!alarm.data) return null;
  const { type, device } = alarm.data;
  // The charts of an alarm without a metric show what the device did, which matters less than what was done.
  const isMeasured = type === "metric";
  const chart = device && (
    <Suspense fallback={<div className={classes.chartSpace} />}>
      <AlarmChart key={id} alarm={alarm.data} device={device} />
    </Suspense>
  );
  return (
    <div className={classes.page}>
      <Header alarm={alarm.data} />
      <AlarmBanners alarm={alarm.data} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {type === "help-request" && (
            <Suspense fallback={null}>
              <HelpThread alarmId={id} />
            </Suspense>
          )}
          {isMeasured && chart}
          <AlarmTimeline alarm={alarm.data} />
          {!isMeasured && chart}
          <AlarmsAround alarm={alarm.data} />
        </div>
        <div className={classes.side}>
          <AlarmFacts alarm={alarm.data} />
          <AlarmDeliveries alarmId={id} />
          <EarlierAlarms alarm={alarm.data} />
        </div>
      </div>
    </div>
  );
}

function Header({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslations();
  const { may } = useSession();
  const { textOf } = useAlarmText();
  const { device, customer, customerId } = alarm;
  return (
    <header className={classes.header}>
      <Button
        component={Link}
        href="/alarms"
        variant="subtle"
        size="compact-sm"
        className={classes.back}
        leftSection={<ArrowLeft size={16} />}
      >
        {t("alarmPages.page.back")}
      </Button>
      <div className={classes.line}>
        <h1>
          <bdi>{textOf(alarm).title}</bdi>
        </h1>
        <span className={classes.buttons}>
          {may("operator") && <AlarmButtons alarm={alarm} />}
          {alarm.state === "open" && <WatchButton kind="alarm" targetId={alarm.id} until="ended" />}
        </span>
      </div>
      <p className={classes.about}>
        <AlarmSeverityLabel severity={alarm.severity} isOver={alarm.state === "ended"} />
        {device && (
          <Link href={`/devices/${device.id}`} className={classes.link}>
            <bdi>{plainName(device.name)}</bdi>
          </Link>
        )}
        {customer !== null && (
          <Link href={`/customers/${customerId}`} className={classes.link}>
            <bdi>{customer}</bdi>
          </Link>
        )}
        <span>
          <AlarmState alarm={alarm} />
        </span>
      </p>
    </header>
  );
}
