import { Button } from "@mantine/core";
import { BellRing } from "lucide-react";
import { useMemo } from "react";
import { Link, useLocation } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { ListSkeleton } from "../fleet/device-list.tsx";
import { AlarmGrid } from "./alarm-grid.tsx";
import { type AlarmQuery, parseAlarmQuery } from "./alarm-query.ts";
import classes from "./alarm-page.module.css";
import { useOwnAlarmList } from "./use-alarm-list.ts";

/** The alarms of a device: the open ones first, then those that ended. */
export function DeviceAlarms({ deviceId }: { deviceId: string }) {
  const { t } = useTranslations();
  const queries = useMemo(() => {
    const of = (state: AlarmQuery["state"]) => parseAlarmQuery(`state=${state}&device=${deviceId}`);
    return { open: of("open"), ended: of("ended") };
  }, [deviceId]);
  const open = useOwnAlarmList(queries.open);
  const ended = useOwnAlarmList(queries.ended);
  const lists = [open, ended];
  const failed = lists.find(({ snapshot }) => snapshot.failure !== null && snapshot.alarms.length === 0);
  if (failed) {
    return <FailureState error={failed.snapshot.failure} retry={() => void failed.list.reload()} />;
  }
  if (lists.some(({ snapshot }) => snapshot.phase === "loading" && snapshot.alarms.length === 0)) {
    return <ListSkeleton />;
  }
  if (lists.every(({ snapshot }) => snapshot.alarms.length === 0)) {
    return (
      <MessageState
        icon={<BellRing size={26} />}
        title={t("alarmPages.empty.device")}
        text={t("alarmPages.empty.deviceHint")}
      />
    );
  }
  return (
    <div className={classes.main}>
      <Part title={t("alarmPages.device.open")} none={t("alarmPages.device.noneOpen")} found={open} />
      <Part title={t("alarmPages.device.history")} none={t("alarmPages.device.noneEnded")} found={ended} />
      <div>
        <Button component={Link} href={`/alarms?device=${deviceId}`} variant="default" size="compact-sm">
          {t("alarmPages.page.back")}
        </Button>
      </div>
    </div>
  );
}

type PartProps = { title: string; none: string; found: ReturnType<typeof useOwnAlarmList> };

function Part({ title, none, found: { list, snapshot } }: PartProps) {
  const [, navigate] = useLocation();
  return (
    <section className={classes.section}>
      <h2>{title}</h2>
      {snapshot.alarms.length === 0 ? (
        <p className={classes.hint}>{none}</p>
      ) : (
        <AlarmGrid
          label={title}
          hasDevice={false}
          alarms={snapshot.alarms}
          left={snapshot.left}
          hasMore={snapshot.hasMore}
          onOpen={(id) => navigate(`/alarms/${id}`)}
        />
      )}
      <MoreButton
        pages={{
          hasNextPage: snapshot.hasMore,
          isFetchingNextPage: snapshot.phase === "loading-more",
          fetchNextPage: list.loadMore,
        }}
      />
    </section>
  );
}
