import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useId } from "react";
import { useLocation, useSearch } from "wouter";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime, TimeSince } from "../../ui/relative-time.tsx";
import tabBarClasses from "../../ui/tab-bar.module.css";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { DeviceMaintenanceLine } from "../maintenance/device-maintenance-line.tsx";
import { DeviceAvailability } from "../availability/device-availability.tsx";
import { DeviceAlarmBanner } from "../alarms/device-alarm-banner.tsx";
import { DeviceBanners } from "./device-banners.tsx";
import { DeviceHeader } from "./device-header.tsx";
import classes from "./device-page.module.css";
import { hasCurrentMetrics } from "../fleet/device-state.ts";
import { HistoryCharts } from "./history-charts.tsx";
import { DependencyChain, Dependents } from "./related-devices.tsx";
import overviewTabClasses from "./overview-tab.module.css";

const InventoryTab = lazy(() => import("./inventory-tab.tsx").then((m) => ({ default: m.InventoryTab })));
const AlarmsTab = lazy(() =>
  import("../alarms/device-alarms.tsx").then((m) => ({ default: m.DeviceAlarms })),
);
const ServicesTab = lazy(() => import("./services-tab.tsx").then((m) => ({ default: m.ServicesTab })));
const ActionsTab = lazy(() => import("../actions/action-list.tsx").then((m) => ({ default: m.ActionList })));
const DeviceRules = lazy(() =>
  import("../alarm-rules/device-rules.tsx").then((m) => ({ default: m.DeviceRules })),
);
const NotesTab = lazy(() => import("./notes-tab.tsx").then((m) => ({ default: m.NotesTab })));

const TABS = ["overview", "alarms", "inventory", "services", "actions", "rules", "notes"] as const;
export type DeviceTab = (typeof TABS)[number];

/** Everything about one device. The tab is in the address, so that moving to the next device keeps it. */
export function DevicePage({ id }: { id: string }) {
  const { t } = useTranslations();
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
      {tab !== "alarms" && <DeviceAlarmBanner deviceId={id} />}
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
          {tab === "alarms" && <AlarmsTab key={id} deviceId={id} />}
          {tab === "inventory" && <InventoryTab device={device.data} />}
          {tab === "services" && <ServicesTab device={device.data} />}
          {tab === "actions" && <ActionsTab key={id} deviceId={id} />}
          {tab === "rules" && <DeviceRules device={device.data} />}
          {tab === "notes" && <NotesTab key={id} device={device.data} />}
        </Suspense>
      </TabBar>
    </div>
  );
}

const NO_VALUES = {};

function OverviewTab({ device }: { device: DeviceDetail }) {
  return (
    <div className={overviewTabClasses.overview}>
      <HistoryCharts
        id={device.id}
        name={plainName(device.name)}
        lastReportAt={device.lastReportAt}
        current={hasCurrentMetrics(device) ? device.metrics : NO_VALUES}
        timeZone={device.inventory?.timeZone}
      />
      <Facts device={device} />
      <div className={overviewTabClasses.wide}>
        <DeviceAvailability id={device.id} name={plainName(device.name)} />
      </div>
    </div>
  );
}

function Facts({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { metrics, idleSince } = device;
  const disk = [
    device.diskMount,
    metrics.diskFree === undefined
      ? null
      : t("device.facts.diskFree", { size: formats.bytes(metrics.diskFree) }),
  ];
  return (
    <section>
      <h2 className={overviewTabClasses.title}>{t("device.facts.title")}</h2>
      <DeviceMaintenanceLine id={device.id} />
      <FactList
        facts={[
          { name: t("device.facts.os"), value: device.osName ?? t(`states.os.${device.osFamily}`) },
          {
            name: t("device.facts.class"),
            value: `${t(`states.class.${device.class}`)} (${t(`device.facts.${device.classSource}`)})`,
          },
          ...(device.classReason !== null && device.classSource === "guessed"
            ? [{ name: t("device.facts.derivedFrom"), value: t(`device.classReason.${device.classReason}`) }]
            : []),
          {
            name: t("device.facts.user"),
            value: device.user ?? t(device.isUserKnown ? "device.facts.nobody" : "device.facts.userUnknown"),
          },
          { name: t("device.facts.idle"), value: idleSince && <RelativeTime at={idleSince} /> },
          { name: t("device.facts.uptime"), value: device.bootedAt && <TimeSince at={device.bootedAt} /> },
          { name: t("device.facts.diskMount"), value: disk.filter((part) => part !== null).join(", ") },
          {
            name: t("device.facts.lastReport"),
            value: device.lastReportAt && <RelativeTime at={device.lastReportAt} />,
          },
          { name: t("device.facts.interval"), value: formats.duration(device.intervalS * 1_000) },
          { name: t("device.facts.agent"), value: device.agentVersion },
          {
            name: t("device.dependency.label"),
            value: device.dependsOn === null ? null : <DependencyChain device={device} />,
          },
          {
            name: t("device.dependency.dependents"),
            value: device.dependents.length === 0 ? null : <Dependents device={device} />,
          },
          ...(device.origin
            ? [{ name: t("states.origin.name"), value: t(`states.origin.${device.origin.system}`) }]
            : []),
          { name: t("device.facts.enrolled"), value: <RelativeTime at={device.enrolledAt} /> },
          {
            name: t("device.facts.excludedMounts"),
            value: formats.list(device.excludedMounts.map(({ mount }) => mount)),
          },
          ...device.skipped.map(({ collector, reason }) => ({
            name: t("device.facts.skipped"),
            value: `${collector}: ${reason}`,
          })),
        ]}
      />
    </section>
  );
}

type TabBarProps = {
  label: string;
  tabs: readonly { name: string; label: string }[];
  open: string;
  onOpen: (name: string) => void;
  /** The open tab's content. */
  children: ReactNode;
};

/** Tabs by the ARIA pattern: the arrows move between them, the open one is in the tab order. */
function TabBar({ label, tabs, open, onOpen, children }: TabBarProps) {
  const id = useId();
  function onKeyDown(event: React.KeyboardEvent<HTMLDivElement>) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const place = tabs.findIndex(({ name }) => name === open);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (!next) return;
    onOpen(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  }
  return (
    <>
      <div
        role="tablist"
        tabIndex={-1}
        aria-label={label}
        className={tabBarClasses.bar}
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab) => (
          <button
            key={tab.name}
            id={`${id}-${tab.name}`}
            type="button"
            role="tab"
            aria-selected={tab.name === open}
            aria-controls={`${id}-panel`}
            tabIndex={tab.name === open ? 0 : -1}
            className={tabBarClasses.tab}
            onClick={() => onOpen(tab.name)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${open}`}>
        {children}
      </div>
    </>
  );
}
