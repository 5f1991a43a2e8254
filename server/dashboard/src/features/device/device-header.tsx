import "@mantine/core/styles/Tooltip.css";
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { HEALTH_METRICS } from "@muster/shared/health/score-formula.ts";
import {
  Archive,
  ArchiveRestore,
  Building2,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  Laptop,
  type LucideIcon,
  Network,
  PencilLine,
  Trash2,
  Wrench,
} from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { StateIcon } from "../../ui/state-icon.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import {
  ActionItems,
  DeviceActions,
  mayBeActedOn,
  useDevicePageActions,
} from "../actions/offered-actions.tsx";
import { useActionDialog } from "../actions/use-action-dialog.tsx";
import { useFleetLists, useFleetSnapshot } from "../fleet/fleet-list-context.tsx";
import { hasCurrentMetrics, shownState } from "../fleet/device-state.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./device-page.module.css";
import { presenceStatement } from "./device-statements.ts";
import type { DeviceVerb } from "./device-verb.ts";
import healthBarClasses from "./health-bar.module.css";
import { TagEditor } from "./tag-editor.tsx";
import { CustomerLink } from "../customers/customer-link.tsx";
import { WatchButton } from "../watches/watch-button.tsx";

/** A restart of the server is not worth a remark. */
const MIN_GAP_SHOWN_MS = 60_000;

type DeviceHeaderProps = { device: DeviceDetail; onGo: (id: string) => void };

export function DeviceHeader({ device, onGo }: DeviceHeaderProps) {
  const { t } = useTranslations();
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <div className={classes.name}>
          <StateIcon state={shownState(device)} size={22} />
          <h1 title={plainName(device.name)}>
            <bdi>{plainName(device.name)}</bdi>
          </h1>
        </div>
        <div className={classes.buttons}>
          <NeighbourButtons id={device.id} onGo={onGo} />
          {device.archivedAt === null && (
            <WatchButton
              kind="device"
              targetId={device.id}
              until={isReporting(device.presence.connection) ? "offline" : "online"}
            />
          )}
          <DeviceActions key={device.id} device={device} />
          <DeviceMenu device={device} />
        </div>
      </div>
      <div className={classes.facts}>
        <PresenceFact device={device} />
        {device.address !== null && (
          <span className={classes.fact}>
            {device.address}
            <CopyButton text={device.address} label={t("device.copyAddress", { value: device.address })} />
          </span>
        )}
        {device.serial !== null && (
          <span className={classes.fact}>
            {t("device.serial")} <bdi title={device.serial}>{device.serial}</bdi>
            <CopyButton text={device.serial} label={t("device.copySerial", { value: device.serial })} />
          </span>
        )}
        <span className={classes.fact}>
          {t("device.customer")}:{" "}
          {device.customer === null ? t("device.noCustomer") : <CustomerLink device={device} />}
        </span>
        <TagEditor key={device.id} device={device} />
      </div>
      <HealthBar device={device} />
    </header>
  );
}

function isReporting(connection: DeviceDetail["presence"]["connection"]): boolean {
  return connection === "online" || connection === "late";
}

function PresenceFact({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { name, since, unobservedMs } = presenceStatement(device);
  const presence =
    name === "archived"
      ? t("states.shown.archived")
      : t(name === "approval" ? "fleet.reason.approval" : `states.presence.${name}`);
  const time = useClock((nowMs) => (since === null ? "" : formats.duration(nowMs - Date.parse(since))));
  const gap = unobservedMs < MIN_GAP_SHOWN_MS ? null : formats.duration(unobservedMs);
  const text =
    name === "waiting"
      ? t("device.waitingFor", { time })
      : gap === null
        ? t("device.for", { presence, time })
        : t("device.forWithGap", { presence, time, gap });
  return (
    <span className={classes.fact} title={since === null ? undefined : formats.exact(since)}>
      <strong>{since === null ? presence : text}</strong>
    </span>
  );
}

function NeighbourButtons({ id, onGo }: { id: string; onGo: (id: string) => void }) {
  const { t } = useTranslations();
  const { previous, next } = useNeighbours(id);
  const go = (other: string | null) => other !== null && onGo(other);
  useShortcuts({ j: () => go(next), k: () => go(previous) });
  return (
    <>
      <Tooltip label={t("device.previous")}>
        <ActionIcon
          size={34}
          variant="default"
          aria-label={t("device.previous")}
          aria-keyshortcuts="K"
          disabled={previous === null}
          onClick={() => go(previous)}
        >
          <ChevronLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("device.next")}>
        <ActionIcon
          size={34}
          variant="default"
          aria-label={t("device.next")}
          aria-keyshortcuts="J"
          disabled={next === null}
          onClick={() => go(next)}
        >
          <ChevronRight size={18} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** The devices before and after one in the order of the list from which it was opened; null at its ends. */
function useNeighbours(id: string): { previous: string | null; next: string | null } {
  const list = useFleetLists().current();
  const { order, hasMore, phase, failure } = useFleetSnapshot(list);
  const place = order.indexOf(id);
  const isLast = place === order.length - 1;
  useEffect(() => {
    if (place >= 0 && isLast && hasMore && phase === "idle" && failure === null) void list.loadMore();
  }, [list, place, isLast, hasMore, phase, failure]);
  if (place < 0) return { previous: null, next: null };
  return { previous: order[place - 1] ?? null, next: order[place + 1] ?? null };
}

/** The health number and, as a bar of 100 points, what each metric costs. */
function HealthBar({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { health, metrics } = device;
  if (health.status === "unknown") {
    const missing = health.missing.map((metric) => t(`states.metric.${metric}`));
    return (
      <p className={healthBarClasses.unknown}>
        {t("device.health.unknown", { metrics: formats.list(missing) })}
      </p>
    );
  }
  const reasons = HEALTH_METRICS.filter((metric) => health.lost[metric] > 0)
    .toSorted((a, b) => health.lost[b] - health.lost[a])
    .map((metric) => ({
      metric,
      points: health.lost[metric],
      text: t("device.health.lost", {
        metric: t(`states.metric.${metric}`),
        value: metrics[metric] === undefined ? "–" : formats.percent(metrics[metric]),
        points: health.lost[metric],
      }),
    }));
  return (
    <div className={healthBarClasses.health} data-old={!hasCurrentMetrics(device) || undefined}>
      <strong className={healthBarClasses.score} data-status={health.status}>
        {health.score}
        <small>{t("device.health.of")}</small>
      </strong>
      <div className={healthBarClasses.bar} aria-hidden="true">
        <i className={healthBarClasses.kept} data-status={health.status} style={{ flexGrow: health.score }} />
        {reasons.map(({ metric, points, text }) => (
          <i key={metric} className={healthBarClasses.lost} style={{ flexGrow: points }} title={text}>
            {points >= 6 ? `−${points}` : ""}
          </i>
        ))}
      </div>
      <ul className={healthBarClasses.reasons}>
        {reasons.length === 0 && <li>{t("device.health.nothingLost")}</li>}
        {reasons.map(({ metric, text }) => (
          <li key={metric}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

const DeviceDialog = lazy(() => import("./device-dialog.tsx").then((m) => ({ default: m.DeviceDialog })));

const VERBS: readonly { verb: DeviceVerb; icon: LucideIcon; isShown: (isArchived: boolean) => boolean }[] = [
  { verb: "rename", icon: PencilLine, isShown: () => true },
  { verb: "customer", icon: Building2, isShown: () => true },
  { verb: "class", icon: Laptop, isShown: () => true },
  { verb: "maintenance", icon: Wrench, isShown: (isArchived) => !isArchived },
  { verb: "dependency", icon: Network, isShown: () => true },
  { verb: "archive", icon: Archive, isShown: (isArchived) => !isArchived },
  { verb: "restore", icon: ArchiveRestore, isShown: (isArchived) => isArchived },
];

/** What can be done with the device; a viewer has no such menu. */
function DeviceMenu({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const { others } = useDevicePageActions();
  const { ask, dialog } = useActionDialog([device]);
  const [verb, setVerb] = useState<DeviceVerb | null>(null);
  const isArchived = device.archivedAt !== null;
  if (!may("operator")) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button h={34} variant="default" rightSection={<ChevronDown size={16} />}>
            {t("device.actions.menu")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayBeActedOn(device) && <ActionItems actions={others} onAsk={ask} />}
          {VERBS.filter(
            ({ verb: name, isShown }) => isShown(isArchived) && (name !== "customer" || limit === null),
          ).map(({ verb: name, icon: Icon }) => (
            <Menu.Item key={name} leftSection={<Icon size={16} />} onClick={() => setVerb(name)}>
              {t(`device.actions.${name}`)}
            </Menu.Item>
          ))}
          {isArchived && may("admin") && (
            <>
              <Menu.Divider />
              <Menu.Item color="critical" leftSection={<Trash2 size={16} />} onClick={() => setVerb("purge")}>
                {t("device.actions.purge")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog}
      {verb && (
        <Suspense fallback={null}>
          <DeviceDialog key={verb} verb={verb} device={device} onClose={() => setVerb(null)} />
        </Suspense>
      )}
    </>
  );
}
