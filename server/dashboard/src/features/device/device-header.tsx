import "@mantine/core/styles/Tooltip.css";
import { ActionIcon, Tooltip } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { useClock } from "../../ui/clock.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { StateIcon } from "../../ui/state-icon.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { DeviceActions } from "../actions/device-actions.tsx";
import { shownSince, shownState } from "../fleet/shown-state.ts";
import { DeviceMenu } from "./device-menu.tsx";
import classes from "./device-page.module.css";
import { HealthBar } from "./health-bar.tsx";
import { TagEditor } from "./tag-editor.tsx";
import { useNeighbours } from "./use-neighbours.ts";

type DeviceHeaderProps = { device: DeviceDetail; onGo: (id: string) => void };

export function DeviceHeader({ device, onGo }: DeviceHeaderProps) {
  const { t } = useWords();
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
          <bdi title={device.customer ?? undefined}>{device.customer ?? t("device.noCustomer")}</bdi>
        </span>
        <TagEditor key={device.id} device={device} />
      </div>
      <HealthBar device={device} />
    </header>
  );
}

function PresenceFact({ device }: { device: DeviceDetail }) {
  const { t } = useWords();
  const formats = useFormats();
  const presence = t(`states.presence.${device.presence.shown}`);
  const since = shownSince(device);
  const time = useClock((nowMs) => (since === null ? "" : formats.duration(nowMs - Date.parse(since))));
  return (
    <span className={classes.fact} title={since === null ? undefined : formats.exact(since)}>
      <strong>{since === null ? presence : t("device.for", { presence, time })}</strong>
    </span>
  );
}

function NeighbourButtons({ id, onGo }: { id: string; onGo: (id: string) => void }) {
  const { t } = useWords();
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
