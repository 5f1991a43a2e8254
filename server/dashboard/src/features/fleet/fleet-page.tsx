import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { useSession } from "../session/session-context.tsx";
import { useColumns } from "./use-columns.ts";
import { DeviceList } from "./device-list.tsx";
import { FleetFilters } from "./fleet-filters.tsx";
import { useFleetLists, useFleetSnapshot } from "./fleet-list-context.tsx";
import classes from "./fleet-page.module.css";
import { formatFleetQuery, isNarrowed } from "./fleet-query.ts";
import { FleetToolbar } from "./fleet-toolbar.tsx";
import { ListSkeleton } from "./list-skeleton.tsx";
import { SearchField } from "./search-field.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { SummaryFigures } from "./summary-figures.tsx";
import { useExport } from "./use-export.ts";
import { useFleetQuery } from "./use-fleet-query.ts";
import { useListKeys } from "./use-list-keys.ts";
import { useSelection } from "./use-selection.ts";

const EmptyFleet = lazy(() =>
  import("../enrolment/empty-fleet.tsx").then((module) => ({ default: module.EmptyFleet })),
);
const AddDeviceDialog = lazy(() =>
  import("../enrolment/add-device-dialog.tsx").then((module) => ({ default: module.AddDeviceDialog })),
);

const VIEW_KEY = "muster-fleet-view";

export function FleetPage() {
  const { t } = useWords();
  usePageTitle(t("fleet.title"));
  const { query, change, clear } = useFleetQuery();
  const [, navigate] = useLocation();
  const key = formatFleetQuery(query);
  const lists = useFleetLists();
  // oxlint-disable-next-line react/exhaustive-deps -- the key says all that the query says
  const list = useMemo(() => lists.open(query), [lists, key]);
  const snapshot = useFleetSnapshot(list);
  const summary = useQuery(queries.summary());
  const selection = useSelection(key);
  const { columns, toggle: toggleColumn } = useColumns();
  const [view, setView] = useView();
  const adding = useAddDialog();
  const { exportDevices, exportList } = useExport();
  const open = (id: string) => navigate(`/devices/${id}`);
  const activeId = useListKeys({ order: snapshot.order, onOpen: open, onSelect: selection.toggle });

  const { order, devices } = snapshot;
  const selected = [...selection.ids].map((id) => devices.get(id)).filter((device) => device !== undefined);
  const isEmpty = order.length === 0 && snapshot.phase === "idle" && snapshot.failure === null;
  const isFirstRun = isEmpty && !isNarrowed(query);

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.line}>
          <h1>{t("fleet.title")}</h1>
          {!isFirstRun && (
            <FleetToolbar
              query={query}
              view={view}
              columns={columns}
              onChange={change}
              onView={setView}
              onColumn={toggleColumn}
              onExport={() => void exportList(query)}
              onAdd={adding.open}
            />
          )}
        </div>
        {summary.data && !isFirstRun && (
          <SummaryFigures summary={summary.data} query={query} onChange={(part) => change(part)} />
        )}
        {!isFirstRun && (
          <div className={classes.line}>
            <SearchField value={query.search} onChange={(search) => change({ search }, true)} />
            <FleetFilters query={query} summary={summary.data} onChange={change} onClear={clear} />
          </div>
        )}
        <OutageNote since={summary.data?.outageSuspectedSince ?? null} />
      </header>
      {snapshot.failure !== null && order.length === 0 && (
        <FailureState error={snapshot.failure} retry={() => void list.reload()} />
      )}
      {order.length === 0 && snapshot.phase !== "idle" && <ListSkeleton />}
      {isFirstRun && (
        <Suspense fallback={null}>
          <EmptyFleet />
        </Suspense>
      )}
      {isEmpty && !isFirstRun && (
        <MessageState
          icon={<SearchX size={26} />}
          title={t("fleet.empty.filtered")}
          text={t("fleet.empty.filteredHint")}
        >
          <Button variant="default" onClick={() => navigate("/")}>
            {t("fleet.filter.clear")}
          </Button>
        </MessageState>
      )}
      {order.length > 0 && (
        <div
          className={classes.list}
          onPointerEnter={(event) => event.pointerType === "mouse" && list.hold(true)}
          onPointerLeave={() => list.hold(false)}
        >
          <ResortNote count={snapshot.changedCount} onResort={list.resort} />
          <DeviceList
            list={list}
            snapshot={snapshot}
            view={view}
            columns={columns}
            selection={selection}
            activeId={activeId}
            onOpen={open}
            total={isNarrowed(query) ? null : (summary.data?.total ?? null)}
          />
        </div>
      )}
      {selected.length > 0 && (
        <SelectionBar
          selection={selection}
          devices={selected}
          isArchived={query.archived}
          onExport={exportDevices}
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

/** Rows that would move wait while the pointer is over the list; this says how many and lets them. */
function ResortNote({ count, onResort }: { count: number; onResort: () => void }) {
  const { t } = useWords();
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
  const { t } = useWords();
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

/** The dialog is open by the address, so that the search can lead to it. */
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
