import { Button } from "@mantine/core";
import type { MaintenanceWindow } from "@muster/shared/contracts/maintenance-window.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import classes from "./maintenance.module.css";
import { ScopeCell } from "./scope-cell.tsx";
import { useScheduleText } from "./use-schedule-text.ts";

export type WindowVerb = "edit" | "end" | "remove";

/** The columns of the list; `onOpen` is null for who may not edit. */
export function useWindowColumns(
  onOpen: ((verb: WindowVerb, window: MaintenanceWindow) => void) | null,
): DataColumn<MaintenanceWindow>[] {
  const { t } = useTranslations();
  const scheduleText = useScheduleText();
  const columns: DataColumn<MaintenanceWindow>[] = [
    {
      name: "name",
      label: t("settings.common.name"),
      cell: ({ name, note }) => (
        <span className={classes.stack}>
          <bdi>{name}</bdi>
          {note !== "" && <bdi className={classes.dim}>{note}</bdi>}
        </span>
      ),
    },
    {
      name: "scope",
      label: t("maintenance.scopeLabel"),
      cell: ({ scope }) => <ScopeCell scope={scope} />,
    },
    { name: "when", label: t("maintenance.when"), cell: ({ schedule }) => scheduleText(schedule) },
    { name: "state", label: t("maintenance.state"), cell: (window) => <WindowState window={window} /> },
  ];
  if (onOpen === null) return columns;
  const buttons: DataColumn<MaintenanceWindow> = {
    name: "actions",
    label: "",
    isNumber: true,
    cell: (window) => (
      <span className={classes.buttons}>
        {window.current && (
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen("end", window)}>
            {t("maintenance.end")}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => onOpen("edit", window)}>
          {t("maintenance.edit")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="critical" onClick={() => onOpen("remove", window)}>
          {t("maintenance.remove")}
        </Button>
      </span>
    ),
  };
  return [...columns, buttons];
}

function WindowState({ window }: { window: MaintenanceWindow }) {
  const { t, formats } = useTranslations();
  const { current, next, isEnabled } = window;
  if (!isEnabled) return <StateLabel state="offline">{t("maintenance.off")}</StateLabel>;
  if (current) {
    return (
      <StateLabel state="maintenance">
        {t("maintenance.open", { time: formats.minute(current.endsAt) })}
      </StateLabel>
    );
  }
  if (next)
    return (
      <StateLabel state="waiting">
        {t("maintenance.next", { time: formats.minute(next.startsAt) })}
      </StateLabel>
    );
  return <StateLabel state="unknown">{t("maintenance.over")}</StateLabel>;
}
