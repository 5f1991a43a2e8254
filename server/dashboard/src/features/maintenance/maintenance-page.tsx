import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import type { MaintenanceWindow } from "@muster/shared/contracts/maintenance-window.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CalendarClock, Play, Plus } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { singlePage } from "../../ui/single-page.ts";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./maintenance.module.css";
import { MonthCalendar } from "./month-calendar.tsx";
import { useRefreshMaintenance } from "./use-refresh-maintenance.ts";
import { useWindowColumns, type WindowVerb } from "./window-columns.tsx";
import { EditWindowDialog, NewWindowDialog } from "./window-dialog.tsx";

type Open = { kind: "add" | "now" } | { kind: WindowVerb; window: MaintenanceWindow };

/** Maintenance windows: a calendar, and a list. */
export function MaintenancePage() {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const mayEdit = may("admin") && limit === null;
  const windows = useQuery(queries.maintenanceWindows());
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useWindowColumns(mayEdit ? (kind, window) => setOpen({ kind, window }) : null);
  const items = windows.data?.items ?? [];
  const openWindow = (id: string) => {
    const window = items.find((one) => one.id === id);
    if (window) setOpen({ kind: "edit", window });
  };
  return (
    <SettingsPage
      title={t("maintenance.title")}
      intro={t("maintenance.intro")}
      action={
        mayEdit && (
          <span className={classes.buttons}>
            <Button
              variant="default"
              leftSection={<Play size={16} />}
              onClick={() => setOpen({ kind: "now" })}
            >
              {t("maintenance.now")}
            </Button>
            <Button leftSection={<Plus size={16} />} onClick={() => setOpen({ kind: "add" })}>
              {t("maintenance.add")}
            </Button>
          </span>
        )
      }
    >
      <ListBody
        label={t("maintenance.list")}
        rows={items}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={({ name, note }) => [name, note]}
        pages={singlePage(windows)}
        empty={
          <MessageState
            icon={<CalendarClock size={26} />}
            title={t("maintenance.empty")}
            text={t("maintenance.emptyHint")}
          />
        }
      />
      {items.length > 0 && <MonthCalendar onOpen={mayEdit ? openWindow : null} />}
      <OpenDialog open={open} onClose={() => setOpen(null)} />
    </SettingsPage>
  );
}

function OpenDialog({ open, onClose }: { open: Open | null; onClose: () => void }) {
  const { t } = useTranslations();
  const refresh = useRefreshMaintenance();
  switch (open?.kind) {
    case undefined:
      return null;
    case "add":
    case "now":
      return <NewWindowDialog isNow={open.kind === "now"} onClose={onClose} />;
    case "edit":
      return <EditWindowDialog window={open.window} onClose={onClose} />;
    case "end":
      return <EndWindowDialog window={open.window} onClose={onClose} />;
    case "remove":
      return (
        <RevokeDialog
          path={paths.maintenanceWindow(open.window.id)}
          title={t("maintenance.removeTitle", { name: open.window.name })}
          text={t("maintenance.removeText")}
          verb={t("maintenance.remove")}
          onDone={refresh}
          onClose={onClose}
        />
      );
  }
}

function EndWindowDialog({ window, onClose }: { window: MaintenanceWindow; onClose: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const refresh = useRefreshMaintenance();
  const end = useMutation({
    mutationFn: () => callApi("maintenanceWindow", paths.maintenanceWindowEnd(window.id), { method: "POST" }),
    onSuccess: () => {
      refresh();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("maintenance.endTitle", { name: window.name })}
      text={t("maintenance.endText")}
      verb={t("maintenance.end")}
      isPending={end.isPending}
      failure={end.error && failureText(end.error)}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    />
  );
}
