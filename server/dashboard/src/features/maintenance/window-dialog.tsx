import { Checkbox, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { MaintenanceWindow } from "@muster/shared/contracts/maintenance-window.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { NextOccurrences } from "./next-occurrences.tsx";
import { ScheduleFields } from "./schedule-fields.tsx";
import { ScopeFields } from "./scope-fields.tsx";
import { useRefreshMaintenance } from "./use-refresh-maintenance.ts";
import { formOfWindow, newWindow, type WindowForm, windowToSend } from "./window-form.ts";

/** Plans a window, or starts maintenance now. */
export function NewWindowDialog({ isNow, onClose }: { isNow: boolean; onClose: () => void }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const refresh = useRefreshMaintenance();
  const create = useDraftForm({
    object: isNow ? "maintenance-window:now" : "maintenance-window:new",
    initialValues: isNow ? newWindow("once", t("maintenance.nowName")) : newWindow("weekly", ""),
    send: (form: WindowForm) =>
      callApi("maintenanceWindow", paths.maintenanceWindows, { method: "POST", body: windowToSend(form) }),
    onDone: ({ name }) => {
      showToast({ text: t("maintenance.created", { name }) });
      refresh();
      onClose();
    },
  });
  return (
    <Dialog title={t(isNow ? "maintenance.nowTitle" : "maintenance.add")} size="lg" onClose={onClose}>
      <DraftDialogForm
        request={create}
        submit={t(isNow ? "maintenance.now" : "maintenance.add")}
        onClose={onClose}
      >
        <WindowFields form={create.form} />
      </DraftDialogForm>
    </Dialog>
  );
}

type EditWindowDialogProps = { window: MaintenanceWindow; onClose: () => void };

/** Waits for the name of the customer, so that the form does not change under what the user enters. */
export function EditWindowDialog({ window, onClose }: EditWindowDialogProps) {
  const { scope } = window;
  const customer = useQuery({
    ...queries.customer(scope.kind === "customer" ? scope.customerId : ""),
    enabled: scope.kind === "customer",
  });
  if (scope.kind === "customer" && customer.isPending) return null;
  return <EditWindowForm window={window} customerName={customer.data?.name ?? ""} onClose={onClose} />;
}

function EditWindowForm({ window, customerName, onClose }: EditWindowDialogProps & { customerName: string }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const refresh = useRefreshMaintenance();
  const describe = useWindowTexts();
  const edit = useEditForm<WindowForm, MaintenanceWindow>({
    object: `maintenance-window:${window.id}`,
    resource: window,
    valuesOf: (known) => formOfWindow(known, customerName),
    async reload() {
      const { items } = await queryClient.fetchQuery({ ...queries.maintenanceWindows(), staleTime: 0 });
      return items.find(({ id }) => id === window.id) ?? window;
    },
    send: (form, stored) =>
      callApi("maintenanceWindow", paths.maintenanceWindow(stored.id), {
        method: "PATCH",
        ifMatch: stored.version,
        body: windowToSend(form),
      }),
    onDone: () => {
      showToast({ text: t("device.saved") });
      refresh();
      onClose();
    },
  });
  return (
    <Dialog title={t("maintenance.editTitle", { name: window.name })} size="lg" onClose={onClose}>
      <EditDialogForm edit={edit} describe={describe} onClose={onClose}>
        <WindowFields form={edit.form} />
      </EditDialogForm>
    </Dialog>
  );
}

function WindowFields({ form }: { form: UseFormReturnType<WindowForm> }) {
  const { t } = useTranslations();
  const { scope, schedule } = form.values;
  return (
    <>
      <TextInput
        data-autofocus
        required
        withAsterisk={false}
        label={t("settings.common.name")}
        maxLength={100}
        {...form.getInputProps("name")}
      />
      <ScopeFields
        value={scope}
        error={form.errors["scope"]}
        onChange={(change) => form.setFieldValue("scope", { ...scope, ...change })}
      />
      <ScheduleFields
        value={schedule}
        error={form.errors["schedule"]}
        onChange={(change) => form.setFieldValue("schedule", { ...schedule, ...change })}
      />
      <NextOccurrences schedule={schedule} />
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        label={t("maintenance.note")}
        maxLength={2_000}
        {...form.getInputProps("note")}
      />
      <Checkbox
        label={t("maintenance.isEnabled")}
        description={t("maintenance.isEnabledHint")}
        {...form.getInputProps("isEnabled", { type: "checkbox" })}
      />
    </>
  );
}

function useWindowTexts(): ConflictPanelProps<WindowForm>["describe"] {
  const { t } = useTranslations();
  const textOf = (text: string) => text;
  return {
    name: { label: t("settings.common.name"), textOf },
    note: { label: t("maintenance.note"), textOf },
    isEnabled: {
      label: t("maintenance.isEnabled"),
      textOf: (isOn) => t(isOn ? "settings.organization.on" : "settings.organization.off"),
    },
    scope: {
      label: t("maintenance.scopeLabel"),
      textOf: ({ kind, customer, tag }) =>
        [t(`maintenance.scope.${kind}`), kind === "customer" ? customer?.name : kind === "tag" ? tag : ""]
          .filter(Boolean)
          .join(": "),
    },
    schedule: {
      label: t("maintenance.when"),
      textOf: ({ kind, time, startsAt, minutes }) =>
        `${t(`maintenance.kind.${kind}`)}, ${kind === "once" ? startsAt : time}, ${minutes}`,
    },
  };
}
