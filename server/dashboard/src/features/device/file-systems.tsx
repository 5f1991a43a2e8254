import { Button } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { HardDrive } from "lucide-react";
import type { ReactNode } from "react";
import { changeMount } from "../../api/device-calls.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./file-systems.module.css";
import { type MountRow, mountRowsOf } from "./mount-rows.ts";
import { useDeviceChange } from "./use-device-change.ts";

/** The file systems of a device, and which of them are monitored. An operator excludes them and includes them again. */
export function FileSystems({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { may } = useSession();
  const rows = mountRowsOf(device);
  const columns = [...useDiskColumns(rows), ...useMonitoringColumns(device.id, may("operator"))];
  if (rows.length === 0) {
    return (
      <MessageState
        icon={<HardDrive size={26} />}
        title={t("device.mounts.none")}
        text={t("device.mounts.noneHint")}
      />
    );
  }
  return (
    <>
      <DataTable
        label={t("device.mounts.title")}
        rows={rows}
        rowKey={({ mount }) => mount}
        columns={columns}
      />
      <p className={classes.hint}>{t("device.mounts.hint")}</p>
    </>
  );
}

const KIND_OF_TEXT = { device: "identifier", medium: "words", bus: "words", serial: "identifier" } as const;

/** What the inventory knows; a column in which every cell would be empty is left out. */
function useDiskColumns(rows: readonly MountRow[]): DataColumn<MountRow>[] {
  const { t } = useTranslations();
  const formats = useFormats();
  const optional = (["device", "medium", "bus", "serial"] as const)
    .filter((name) => rows.some(({ disk }) => disk?.[name] !== undefined))
    .map((name) => ({
      name,
      label: t(`device.inventory.${name}`),
      cell: ({ disk }: MountRow) => cellOf(disk?.[name], KIND_OF_TEXT[name]),
    }));
  return [
    { name: "mount", label: t("device.inventory.mount"), cell: ({ mount }) => mount },
    {
      name: "type",
      label: t("device.inventory.type"),
      cell: ({ disk }) =>
        cellOf(
          disk && (disk.removable ? `${disk.type}, ${t("device.inventory.removable")}` : disk.type),
          "words",
        ),
    },
    ...optional,
    {
      name: "size",
      label: t("device.inventory.size"),
      isNumber: true,
      cell: ({ disk }) => disk && formats.bytes(disk.sizeBytes),
    },
  ];
}

/** The table breaks texts anywhere and would squeeze these beside a longer column: words stay whole, identifiers have a least width. */
function cellOf(text: string | null | undefined, kind: "words" | "identifier"): ReactNode {
  return text && <span className={classes[kind]}>{text}</span>;
}

function useMonitoringColumns(deviceId: string, isEditable: boolean): DataColumn<MountRow>[] {
  const { t } = useTranslations();
  const columns: DataColumn<MountRow>[] = [
    { name: "monitoring", label: t("device.mounts.monitoring"), cell: (row) => <Monitoring row={row} /> },
  ];
  if (isEditable) {
    columns.push({ name: "change", label: "", cell: (row) => <MountButton deviceId={deviceId} row={row} /> });
  }
  return columns;
}

function Monitoring({ row }: { row: MountRow }) {
  const { t } = useTranslations();
  const { excludedHere, exclusion, isHung, isFullest } = row;
  return (
    <span className={classes.states}>
      {excludedHere && <State state="paused">{t("device.mounts.excludedHere")}</State>}
      {exclusion && (
        <State state="paused">
          {t("device.mounts.excludedBy", { name: exclusion.by })}, <RelativeTime at={exclusion.at} />
        </State>
      )}
      {!excludedHere && !exclusion && isHung && <State state="warn">{t("device.mounts.hung")}</State>}
      {!excludedHere && !exclusion && !isHung && (
        <span>{t(isFullest ? "device.mounts.fullest" : "device.mounts.included")}</span>
      )}
    </span>
  );
}

/** As `StateLabel`, for a text that needs several lines on a phone. */
function State({ state, children }: { state: StateName; children: ReactNode }) {
  return (
    <span className={classes.state}>
      <StateIcon state={state} size={12} isDecorative />
      <span>{children}</span>
    </span>
  );
}

/** Excludes the file system, or includes it again. What the device's configuration excludes cannot be included here. */
function MountButton({ deviceId, row }: { deviceId: string; row: MountRow }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const { change } = useDeviceChange(deviceId);
  const { mount, excludedHere, exclusion } = row;
  const verb = exclusion === null ? "exclude" : "include";
  const run = () =>
    change.mutate((device) => changeMount(device, verb, mount), {
      onSuccess: () =>
        showToast({
          text: t(verb === "exclude" ? "device.mounts.excluded" : "device.mounts.monitoredAgain", { mount }),
        }),
    });
  if (excludedHere && exclusion === null) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={change.isPending}
      aria-label={t(verb === "exclude" ? "device.mounts.excludeLabel" : "device.mounts.includeLabel", {
        mount,
      })}
      onClick={run}
    >
      {t(`device.mounts.${verb}`)}
    </Button>
  );
}
