import { Select, TextInput } from "@mantine/core";
import type { DeviceChange, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { changeDevice, deviceVerb, purgeDevice } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { maintenanceEnd, useMaintenanceChoices } from "../../ui/maintenance-choices.ts";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "../fleet/fleet-list-context.tsx";
import { CHOICES } from "../fleet/fleet-query.ts";
import { DependencyDialog } from "./dependency-dialog.tsx";
import type { DeviceVerb } from "./device-verb.ts";
import { useDeviceChange } from "./use-device-change.ts";
import { type CustomerChoice, customerFields } from "../customers/customer-choice.ts";
import { CustomerSelect } from "../customers/customer-select.tsx";

type DeviceDialogProps = { verb: DeviceVerb; device: DeviceDetail; onClose: () => void };

export function DeviceDialog({ verb, device, onClose }: DeviceDialogProps) {
  switch (verb) {
    case "customer":
      return <DeviceCustomerDialog device={device} onClose={onClose} />;
    case "dependency":
      return <DependencyDialog device={device} onClose={onClose} />;
    case "rename":
    case "class":
    case "maintenance":
      return <DeviceFieldDialog field={verb} device={device} onClose={onClose} />;
    case "archive":
    case "restore":
      return <ArchiveDialog verb={verb} device={device} onClose={onClose} />;
    case "purge":
      return <PurgeDialog device={device} onClose={onClose} />;
  }
}

function ArchiveDialog({ verb, device, onClose }: DeviceDialogProps & { verb: "archive" | "restore" }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { take } = useDeviceChange(device.id);
  const run = useMutation({
    mutationFn: () => deviceVerb(device.id, verb),
    onSuccess: (changed) => {
      take(changed);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t(`device.${verb}.title`, { name: plainName(device.name) })}
      text={t(`device.${verb}.text`)}
      verb={t(`device.actions.${verb}`)}
      isDanger={verb === "archive"}
      isPending={run.isPending}
      failure={run.error && failureText(run.error)}
      onConfirm={() => run.mutate()}
      onClose={onClose}
    />
  );
}

function PurgeDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const lists = useFleetLists();
  const [, navigate] = useLocation();
  const purge = useMutation({
    mutationFn: () => purgeDevice(device.id),
    onSuccess: () => {
      showToast({ text: t("device.purge.done", { name: plainName(device.name) }) });
      lists.current().apply({ changed: [], removed: [device.id] });
      navigate("/");
      queryClient.removeQueries({ queryKey: queries.device(device.id).queryKey });
    },
  });
  return (
    <ConfirmDialog
      title={t("device.purge.title", { name: plainName(device.name) })}
      text={t("device.purge.text")}
      verb={t("device.actions.purge")}
      nameToType={{ label: t("device.purge.confirm"), name: plainName(device.name) }}
      isPending={purge.isPending}
      failure={purge.error && failureText(purge.error)}
      onConfirm={() => purge.mutate()}
      onClose={onClose}
    />
  );
}

type DeviceField = "rename" | "class" | "maintenance";

function DeviceCustomerDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t } = useTranslations();
  const { saved, reload } = useDeviceChange(device.id);
  const edit = useEditForm<{ customer: CustomerChoice | null }, DeviceDetail>({
    object: `device:${device.id}:customer`,
    resource: device,
    valuesOf: ({ customer: name, customerId }) => ({
      customer: name === null || customerId === null ? null : { id: customerId, name },
    }),
    reload,
    send: ({ customer }, { id, version }) => changeDevice(id, customerFields(customer), version),
    onDone(changed) {
      saved(changed);
      onClose();
    },
  });
  const { form } = edit;
  const label = t("fleet.selection.customerName");
  return (
    <Dialog title={t("device.actions.customer")} onClose={onClose}>
      <EditDialogForm
        edit={edit}
        describe={{ customer: { label, textOf: (customer) => customer?.name ?? "" } }}
        onClose={onClose}
      >
        <CustomerSelect
          isFocused
          label={label}
          description={t("fleet.selection.customerHint")}
          value={form.values.customer}
          onChange={(customer) => form.setFieldValue("customer", customer)}
        />
      </EditDialogForm>
    </Dialog>
  );
}

const GUESSED = "guessed";

/** Changes one thing about a device. */
function DeviceFieldDialog(props: { field: DeviceField; device: DeviceDetail; onClose: () => void }) {
  const { t } = useTranslations();
  const { field, device, onClose } = props;
  const { saved, reload } = useDeviceChange(device.id);
  const edit = useEditForm({
    object: `device:${device.id}:${field}`,
    resource: device,
    valuesOf: (known) => ({ value: initialValue(field, known) }),
    reload,
    send: ({ value }, { id, version }) => changeDevice(id, changeOf(field, value), version),
    onDone(changed) {
      saved(changed);
      onClose();
    },
  });
  const textOf = useFieldText(field);
  const { form } = edit;
  return (
    <Dialog title={t(`device.actions.${field}`)} onClose={onClose}>
      <EditDialogForm
        edit={edit}
        describe={{ value: { label: t(`device.actions.${field}`), textOf } }}
        onClose={onClose}
      >
        <Field
          field={field}
          device={device}
          value={form.values.value}
          onChange={(value) => form.setFieldValue("value", value)}
        />
      </EditDialogForm>
    </Dialog>
  );
}

/** A value of a field as text. */
function useFieldText(field: DeviceField): (value: string) => string {
  const { t } = useTranslations();
  return (value) => {
    if (field !== "class") return value;
    const known = CHOICES.class.find((name) => name === value);
    return known ? t(`states.class.${known}`) : t("device.class.guessed");
  };
}

type FieldProps = {
  field: DeviceField;
  device: DeviceDetail;
  value: string;
  onChange: (value: string) => void;
};

function Field({ field, device, value, onChange }: FieldProps) {
  const { t } = useTranslations();
  const spans = useMaintenanceChoices();
  const onText = (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.value);
  switch (field) {
    case "rename":
      return (
        <TextInput
          data-autofocus
          label={t("device.rename.label")}
          description={t("device.rename.hint", { hostname: device.hostname })}
          maxLength={120}
          value={value}
          onChange={onText}
        />
      );
    case "class":
      return (
        <Select
          data-autofocus
          label={t("device.class.title")}
          description={t("device.class.hint")}
          data={[
            { value: GUESSED, label: t("device.class.guessed") },
            ...CHOICES.class.map((name) => ({ value: name, label: t(`states.class.${name}`) })),
          ]}
          value={value}
          onChange={(next) => onChange(next ?? GUESSED)}
        />
      );
    case "maintenance":
      return (
        <Select
          data-autofocus
          label={t("fleet.maintenance.for")}
          description={t("fleet.maintenance.hint")}
          data={spans}
          value={value}
          onChange={(next) => onChange(next ?? value)}
        />
      );
  }
}

function initialValue(field: DeviceField, device: DeviceDetail): string {
  switch (field) {
    case "rename":
      return device.label ?? "";
    case "class":
      return device.classSource === "guessed" ? GUESSED : device.class;
    case "maintenance":
      return device.presence.maintenanceUntil === null ? "4" : "0";
  }
}

function changeOf(field: DeviceField, value: string): DeviceChange {
  switch (field) {
    case "rename":
      return { label: value.trim() || null };
    case "class":
      return { class: CHOICES.class.find((name) => name === value) ?? null };
    case "maintenance":
      return { maintenanceUntil: maintenanceEnd(value, Date.now()) };
  }
}
