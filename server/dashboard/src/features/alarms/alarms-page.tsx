import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useLocation } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { ListSkeleton } from "../fleet/device-list.tsx";
import fleetClasses from "../fleet/fleet-page.module.css";
import { useListKeys, useSelection } from "../fleet/use-selection.ts";
import { useSession } from "../session/session-context.tsx";
import { AlarmFilters } from "./alarm-filters.tsx";
import { ALARM_GRID_ID, AlarmGrid } from "./alarm-grid.tsx";
import type { AlarmList, AlarmListSnapshot } from "./alarm-list.ts";
import { formatAlarmQuery, toAlarmFilter } from "./alarm-query.ts";
import { AlarmSelectionBar } from "./alarm-selection-bar.tsx";
import { AlarmSummaryBar } from "./alarm-summary-bar.tsx";
import classes from "./alarms-page.module.css";
import { BrowserNotificationSwitch } from "./browser-notification-switch.tsx";
import { NoOpenAlarm } from "./no-open-alarm.tsx";
import { useAlarmList, useAlarmQuery } from "./use-alarm-list.ts";
import { useSelectionDialog } from "./use-selection-dialog.tsx";

/** The alarms of the organization: what is wrong now, and what was. */
export function AlarmsPage() {
  const { t } = useTranslations();
  usePageTitle(t("alarmPages.title"));
  const { query, isNarrowed, change, clear } = useAlarmQuery();
  const { list, snapshot } = useAlarmList(query);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.line}>
          <h1>{t("alarmPages.title")}</h1>
          <BrowserNotificationSwitch />
        </div>
        <AlarmSummaryBar query={query} onChange={change} />
        <AlarmFilters query={query} isNarrowed={isNarrowed} onChange={change} onClear={clear} />
      </header>
      <Alarms list={list} snapshot={snapshot} isNarrowed={isNarrowed} onClear={clear} />
    </div>
  );
}

type ListProps = { list: AlarmList; snapshot: AlarmListSnapshot };
type WholeListProps = ListProps & { isNarrowed: boolean; onClear: () => void };

/** Why no row is shown: first load, failure, no alarm, or no match. */
function NoAlarms({ list, snapshot, isNarrowed, onClear }: WholeListProps) {
  const { t } = useTranslations();
  const { query } = useAlarmQuery();
  if (snapshot.failure !== null) {
    return <FailureState error={snapshot.failure} retry={() => void list.reload()} />;
  }
  if (snapshot.phase !== "idle") return <ListSkeleton />;
  if (!isNarrowed && query.state === "open") return <NoOpenAlarm />;
  return (
    <MessageState
      icon={<SearchX size={26} />}
      title={t("alarmPages.empty.filtered")}
      {...(isNarrowed && { text: t("alarmPages.empty.filteredHint") })}
    >
      {isNarrowed && (
        <Button variant="default" onClick={onClear}>
          {t("shell.filter.clear")}
        </Button>
      )}
    </MessageState>
  );
}

/** The rows with their keys and their selection, or why there are none. */
function Alarms(props: WholeListProps) {
  const { list, snapshot } = props;
  const [, navigate] = useLocation();
  const { user, may } = useSession();
  const { query } = useAlarmQuery();
  const filter = toAlarmFilter(query, user.id);
  const matching = useQuery(queries.alarmSummary(filter)).data?.total ?? null;
  const selection = useSelection(formatAlarmQuery(query));
  const mayAct = may("operator");
  const open = (id: string) => navigate(`/alarms/${id}`);
  const ignore = () => undefined;
  const activeId = useListKeys({
    order: snapshot.alarms.map(({ id }) => id),
    gridId: ALARM_GRID_ID,
    onOpen: open,
    onSelect: mayAct ? selection.toggle : ignore,
  });
  const { ask, dialog } = useSelectionDialog({ selection, activeId, snapshot, isEnabled: mayAct });
  return (
    <>
      {snapshot.alarms.length === 0 ? (
        <NoAlarms {...props} />
      ) : (
        <>
          <Rows
            list={list}
            snapshot={snapshot}
            activeId={activeId}
            selection={mayAct ? selection : null}
            onOpen={open}
          />
          <ListEnd list={list} snapshot={snapshot} matching={matching} />
        </>
      )}
      {selection.ids.size > 0 && (
        <AlarmSelectionBar selection={selection} matching={matching} filter={filter} onVerb={ask} />
      )}
      {dialog}
    </>
  );
}

type RowsProps = ListProps & {
  activeId: string | null;
  selection: ReturnType<typeof useSelection> | null;
  onOpen: (id: string) => void;
};

/** While a mouse is over the rows they do not move. */
function Rows({ list, snapshot, activeId, selection, onOpen }: RowsProps) {
  const { t } = useTranslations();
  return (
    <div
      className={fleetClasses.list}
      onPointerEnter={(event) => event.pointerType === "mouse" && list.hold(true)}
      onPointerLeave={() => list.hold(false)}
    >
      {snapshot.changedCount > 0 && (
        <div className={fleetClasses.resort}>
          <Button size="compact-sm" radius="xl" onClick={list.settle}>
            {t("alarmPages.list.changed", { count: snapshot.changedCount })}
          </Button>
        </div>
      )}
      <AlarmGrid
        label={t("alarmPages.list.label")}
        alarms={snapshot.alarms}
        left={snapshot.left}
        hasMore={snapshot.hasMore}
        keys={{ gridId: ALARM_GRID_ID, activeId }}
        scroll={list}
        selection={selection}
        onOpen={onOpen}
      />
    </div>
  );
}

/** How many of the alarms are listed, the button for more, and why the last request failed. */
function ListEnd({ list, snapshot, matching }: ListProps & { matching: number | null }) {
  const { t, formats } = useTranslations();
  const shown = snapshot.alarms.length;
  const text =
    matching !== null && snapshot.hasMore
      ? t("alarmPages.list.more", { shown: formats.whole(shown), total: formats.whole(matching) })
      : snapshot.hasMore
        ? ""
        : t("alarmPages.list.count", { count: shown });
  return (
    <div className={classes.end}>
      {snapshot.failure !== null && (
        <FailureState error={snapshot.failure} retry={() => void list.reload()} />
      )}
      <span role="status">{text}</span>
      <MoreButton
        pages={{
          hasNextPage: snapshot.hasMore,
          isFetchingNextPage: snapshot.phase === "loading-more",
          fetchNextPage: list.loadMore,
        }}
      />
    </div>
  );
}
