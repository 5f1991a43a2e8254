import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { useSession } from "../session/session-context.tsx";
import { DeviceList, type DeviceListProps, ListSkeleton } from "./device-list.tsx";
import { FleetFilters, SearchField } from "./fleet-filters.tsx";
import type { FleetList, FleetListSnapshot } from "./fleet-list.ts";
import { useFleetLists, useFleetSnapshot } from "./fleet-list-context.tsx";
import classes from "./fleet-page.module.css";
import { EMPTY_QUERY, formatFleetQuery, isNarrowed } from "./fleet-query.ts";
import { FleetToolbar, type FleetToolbarProps } from "./fleet-toolbar.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { FleetSummaryBar } from "./fleet-summary-bar.tsx";
import { useOpenView } from "../views/use-open-view.ts";
import { tableOf } from "../views/view-definition.ts";
import { useViews } from "../views/use-views.ts";
import { ViewsMenu } from "../views/views-menu.tsx";
import { useColumns } from "./use-columns.ts";
import { useExport } from "./use-export.ts";
import { useFleetQuery } from "./use-fleet-query.ts";
import { useListKeys, useSelection } from "./use-selection.ts";

const EmptyFleet = lazy(() =>
  import("../enrolment/empty-fleet.tsx").then((module) => ({ default: module.EmptyFleet })),
);
const AddDeviceDialog = lazy(() =>
  import("../enrolment/add-device-dialog.tsx").then((module) => ({ default: module.AddDeviceDialog })),
);

const VIEW_KEY = "muster-fleet-view";

export function FleetPage() {
  const { t } = useTranslations();
  usePageTitle(t("fleet.title"));
  const { query } = useFleetQuery();
  const key = formatFleetQuery(query);
  const lists = useFleetLists();
  // oxlint-disable-next-line react/exhaustive-deps -- the key says all that the query says
  const list = useMemo(() => lists.open(query), [lists, key]);
  const snapshot = useFleetSnapshot(list);
  const selection = useSelection(key);
  const columns = useColumns();
  const [view, setView] = useView();
  const adding = useAddDialog();
  const views = useViews();
  const opened = useOpenView(views.views, ({ definition }) => {
    setView(definition.layout);
    columns.apply(tableOf(definition, columns.layout));
  });

  const { order, devices } = snapshot;
  const selected = [...selection.ids].map((id) => devices.get(id)).filter((device) => device !== undefined);
  const isFirstRun =
    order.length === 0 && snapshot.phase === "idle" && snapshot.failure === null && !isNarrowed(query);

  return (
    <div className={classes.page}>
      <FleetHead
        isFirstRun={isFirstRun}
        loaded={snapshot.hasMore || snapshot.phase !== "idle" ? null : order.length}
        view={view}
        views={
          <ViewsMenu views={views} opened={opened} shown={{ query, table: columns.layout, layout: view }} />
        }
        columns={columns}
        onView={setView}
        onAdd={adding.open}
      />
      {order.length === 0 ? (
        <NoDevices list={list} snapshot={snapshot} isFirstRun={isFirstRun} />
      ) : (
        <Devices list={list} snapshot={snapshot} view={view} columns={columns} selection={selection} />
      )}
      {selected.length > 0 && (
        <SelectionBar
          selection={selection}
          devices={selected}
          query={query}
          hasMore={selection.isAllLoaded && (snapshot.hasMore || selected.length < order.length)}
        />
      )}
      <span role="status" className={classes.status}>
        {!snapshot.hasMore && isNarrowed(query) && t("fleet.list.count", { count: order.length })}
      </span>
      {adding.isOpen && (
        <Suspense fallback={null}>
          <AddDeviceDialog knownIds={new Set(order)} onClose={adding.close} />
        </Suspense>
      )}
    </div>
  );
}

type FleetHeadProps = Pick<FleetToolbarProps, "view" | "views" | "columns" | "onView" | "onAdd"> & {
  isFirstRun: boolean;
  /** Devices of the list when all of them are loaded. */
  loaded: number | null;
};

/** The title, and once there are devices how the list is narrowed, ordered and shown. */
function FleetHead({ isFirstRun, loaded, ...toolbar }: FleetHeadProps) {
  const { t } = useTranslations();
  const { query, change, clear } = useFleetQuery();
  const clearAll = () => change({ ...EMPTY_QUERY, sort: query.sort, order: query.order });
  const { data: summary } = useQuery(queries.summary());
  const { exportList } = useExport();
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <h1>{t("fleet.title")}</h1>
        {!isFirstRun && (
          <FleetToolbar
            {...toolbar}
            query={query}
            onChange={change}
            onExport={() => void exportList(query)}
          />
        )}
      </div>
      {summary && !isFirstRun && (
        <FleetSummaryBar
          summary={summary}
          query={query}
          loaded={loaded}
          onChange={(part) => change(part)}
          onClear={clearAll}
        />
      )}
      {!isFirstRun && (
        <div className={classes.line}>
          <SearchField
            value={query.search}
            onChange={(search) => change({ search }, true)}
            label={t("fleet.filter.search")}
            placeholder={t("fleet.filter.searchPlaceholder")}
            gridId="device-grid"
          />
          <FleetFilters query={query} summary={summary} onChange={change} onClear={clear} />
        </div>
      )}
      <OutageNote since={summary?.outageSuspectedSince ?? null} />
    </header>
  );
}

type ListProps = { list: FleetList; snapshot: FleetListSnapshot };

/** Why no row is shown: first load, failure, no devices at all, or no match. */
function NoDevices({ list, snapshot, isFirstRun }: ListProps & { isFirstRun: boolean }) {
  const { t } = useTranslations();
  const { clear } = useFleetQuery();
  if (snapshot.failure !== null) {
    return (
      <>
        <FailureState error={snapshot.failure} retry={() => void list.reload()} />
        {snapshot.phase !== "idle" && <ListSkeleton />}
      </>
    );
  }
  if (snapshot.phase !== "idle") return <ListSkeleton />;
  if (isFirstRun) {
    return (
      <Suspense fallback={null}>
        <EmptyFleet />
      </Suspense>
    );
  }
  return (
    <MessageState
      icon={<SearchX size={26} />}
      title={t("fleet.empty.filtered")}
      text={t("fleet.empty.filteredHint")}
    >
      <Button variant="default" onClick={clear}>
        {t("fleet.filter.clear")}
      </Button>
    </MessageState>
  );
}

type DevicesProps = ListProps & Pick<DeviceListProps, "view" | "columns" | "selection">;

/** The rows or cards. While a mouse is over them they do not move. */
function Devices({ list, snapshot, ...shown }: DevicesProps) {
  const [, navigate] = useLocation();
  const { data: summary } = useQuery(queries.summary());
  const open = (id: string) => navigate(`/devices/${id}`);
  const activeId = useListKeys({ order: snapshot.order, onOpen: open, onSelect: shown.selection.toggle });
  return (
    <div
      className={classes.list}
      onPointerEnter={(event) => event.pointerType === "mouse" && list.hold(true)}
      onPointerLeave={() => list.hold(false)}
    >
      <ResortNote count={snapshot.changedCount} onResort={list.resort} />
      <DeviceList
        list={list}
        snapshot={snapshot}
        {...shown}
        activeId={activeId}
        onOpen={open}
        total={isNarrowed(list.query) ? null : (summary?.total ?? null)}
      />
    </div>
  );
}

/** While the pointer is over the list rows do not move; this shows how many would, and moves them. */
function ResortNote({ count, onResort }: { count: number; onResort: () => void }) {
  const { t } = useTranslations();
  if (count === 0) return null;
  return (
    <div className={classes.resort}>
      <Button size="compact-sm" radius="xl" onClick={onResort}>
        {t("fleet.list.changed", { count })}
      </Button>
    </div>
  );
}

function OutageNote({ since }: { since: string | null }) {
  const { t } = useTranslations();
  const time = useRelativeTime(since);
  if (since === null) return null;
  return (
    <p role="alert" className={classes.outage}>
      {t("fleet.outage", { time })}
    </p>
  );
}

function useView() {
  const [view, setView] = useState<"table" | "cards">(() =>
    readStored(VIEW_KEY) === "cards" ? "cards" : "table",
  );
  const change = (next: "table" | "cards") => {
    writeStored(VIEW_KEY, next);
    setView(next);
  };
  return [view, change] as const;
}

/** The address opens the dialog, so that the search can link to it. */
function useAddDialog() {
  const { may } = useSession();
  const search = useSearch();
  const [, navigate] = useLocation();
  const parameters = new URLSearchParams(search);
  const isOpen = parameters.has("add") && may("operator");
  const go = () => navigate(parameters.size === 0 ? "/" : `/?${parameters.toString()}`, { replace: true });
  return {
    isOpen,
    open: () => {
      parameters.set("add", "device");
      go();
    },
    close: () => {
      parameters.delete("add");
      go();
    },
  };
}
