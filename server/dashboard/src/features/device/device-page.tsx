import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useLocation, useSearch } from "wouter";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { TabBar } from "../../ui/tab-bar.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { DeviceBanners } from "./device-banners.tsx";
import { DeviceHeader } from "./device-header.tsx";
import classes from "./device-page.module.css";
import { OverviewTab } from "./overview-tab.tsx";

const InventoryTab = lazy(() => import("./inventory-tab.tsx").then((m) => ({ default: m.InventoryTab })));
const ActionsTab = lazy(() => import("../actions/action-list.tsx").then((m) => ({ default: m.ActionList })));
const NotesTab = lazy(() => import("./notes-tab.tsx").then((m) => ({ default: m.NotesTab })));

const TABS = ["overview", "inventory", "actions", "notes"] as const;
export type DeviceTab = (typeof TABS)[number];

/** Everything about one device. The tab is in the address, so that going on to the next device keeps it. */
export function DevicePage({ id }: { id: string }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const search = useSearch();
  const device = useQuery(queries.device(id));
  usePageTitle(device.data ? plainName(device.data.name) : t("device.title"));
  const tab = TABS.find((one) => one === new URLSearchParams(search).get("tab")) ?? "overview";
  const pathOf = (deviceId: string, name: DeviceTab) =>
    `/devices/${deviceId}${name === "overview" ? "" : `?tab=${name}`}`;

  if (device.error && !device.data) {
    return <FailureState error={device.error} retry={() => void device.refetch()} isPage />;
  }
  if (!device.data) return null;
  return (
    <div className={classes.page}>
      <DeviceHeader device={device.data} onGo={(other) => navigate(pathOf(other, tab))} />
      <DeviceBanners device={device.data} />
      <TabBar
        label={t("device.tabs.label")}
        tabs={TABS.map((name) => ({ name, label: t(`device.tabs.${name}`) }))}
        open={tab}
        onOpen={(name) =>
          navigate(pathOf(id, TABS.find((one) => one === name) ?? "overview"), { replace: true })
        }
      >
        <Suspense fallback={null}>
          {tab === "overview" && <OverviewTab key={id} device={device.data} />}
          {tab === "inventory" && <InventoryTab device={device.data} />}
          {tab === "actions" && <ActionsTab key={id} deviceId={id} />}
          {tab === "notes" && <NotesTab key={id} device={device.data} />}
        </Suspense>
      </TabBar>
    </div>
  );
}
