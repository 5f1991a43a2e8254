import { Button, Select, TagsInput } from "@mantine/core";
import type { DeviceDetail, DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { changeDevice, deviceVerb } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { maintenanceEnd, useMaintenanceChoices } from "../../ui/maintenance-choices.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { DeviceNames } from "./device-names.tsx";
import { useFleetLists } from "./fleet-list-context.tsx";
import type { SelectionVerb } from "./selection-verb.ts";
import { isTag, withTags } from "./tags.ts";
import { type CustomerChoice, customerFields } from "../customers/customer-choice.ts";
import { CustomerSelect } from "../customers/customer-select.tsx";

type SelectionDialogProps = {
  verb: SelectionVerb;
  devices: readonly DeviceSummary[];
  onDone: () => void;
  onClose: () => void;
};

/** Asks what to do with the selected devices, names them, and does it. */
export function SelectionDialog({ verb, devices, onDone, onClose }: SelectionDialogProps) {
  const { t } = useTranslations();
  const { isRunning, run } = useBulkChange(devices);
  const maintenance = useMaintenanceChoices();
  const [tags, setTags] = useState<TagChange>({ added: [], removed: [] });
  const [customer, setCustomer] = useState<CustomerChoice | null>(null);
  const [hours, setHours] = useState("4");
  const count = devices.length;
  const titles: Record<SelectionVerb, string> = {
    tag: t("fleet.selection.tagTitle", { count }),
    customer: t("fleet.selection.customerTitle", { count }),
    maintenance: t("fleet.selection.maintenanceTitle", { count }),
    archive: t("fleet.selection.archiveTitle", { count }),
    restore: t("fleet.selection.restore"),
  };

  function change(device: DeviceSummary): Promise<DeviceDetail> {
    switch (verb) {
      case "tag":
        return changeDevice(device.id, { tags: withTags(device.tags, tags.added, tags.removed) }, "*");
      case "customer":
        return changeDevice(device.id, customerFields(customer), "*");
      case "maintenance":
        return changeDevice(device.id, { maintenanceUntil: maintenanceEnd(hours, Date.now()) }, "*");
      case "archive":
      case "restore":
        return deviceVerb(device.id, verb);
    }
  }

  return (
    <Dialog onClose={onClose} title={titles[verb]}>
      <DialogForm
        onSubmit={() => void run(change).then(onDone)}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={isRunning} color={verb === "archive" ? "critical" : "accent"}>
            {t(verb === "archive" || verb === "restore" ? `fleet.selection.${verb}` : "shell.action.save")}
          </Button>
        }
      >
        <DeviceNames devices={devices} />
        {verb === "tag" && <TagFields devices={devices} value={tags} onChange={setTags} />}
        {verb === "customer" && (
          <CustomerSelect
            isFocused
            label={t("fleet.selection.customerName")}
            description={t("fleet.selection.customerHint")}
            value={customer}
            onChange={setCustomer}
          />
        )}
        {verb === "maintenance" && (
          <Select
            label={t("fleet.maintenance.for")}
            description={t("fleet.maintenance.hint")}
            data={maintenance}
            value={hours}
            onChange={(value) => setHours(value ?? "4")}
          />
        )}
        {verb === "archive" && <p style={{ margin: 0 }}>{t("fleet.selection.archiveText")}</p>}
      </DialogForm>
    </Dialog>
  );
}

type TagChange = { added: string[]; removed: string[] };

type TagFieldsProps = {
  devices: readonly DeviceSummary[];
  value: TagChange;
  onChange: (value: TagChange) => void;
};

function TagFields({ devices, value, onChange }: TagFieldsProps) {
  const { t } = useTranslations();
  const summary = useQuery(queries.summary());
  return (
    <>
      <TagsInput
        data-autofocus
        label={t("fleet.selection.tagAdd")}
        description={t("fleet.selection.tagHint")}
        data={summary.data?.tags ?? []}
        value={value.added}
        onChange={(tags) => onChange({ ...value, added: tags.filter(isTag) })}
        maxTags={20}
      />
      <TagsInput
        label={t("fleet.selection.tagRemove")}
        data={[...new Set(devices.flatMap(({ tags }) => tags))]}
        value={value.removed}
        onChange={(removed) => onChange({ ...value, removed })}
      />
    </>
  );
}

const AT_ONCE = 6;

/** Changes many devices, a few at a time, and says how many it reached. The rows change as the answers come. */
function useBulkChange(devices: readonly DeviceSummary[]) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const lists = useFleetLists();
  const [isRunning, setRunning] = useState(false);

  async function run(change: (device: DeviceSummary) => Promise<DeviceDetail>): Promise<void> {
    setRunning(true);
    const failures: unknown[] = [];
    const waiting = [...devices];
    const work = async () => {
      for (let device = waiting.pop(); device !== undefined; device = waiting.pop()) {
        try {
          lists.current().apply({ changed: [await change(device)], removed: [] });
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setRunning(false);
    const done = devices.length - failures.length;
    if (done > 0) showToast({ text: t("fleet.selection.done", { count: done }) });
    if (failures.length > 0) {
      const reason = failureText(failures[0]);
      showToast({ text: t("fleet.selection.failed", { count: failures.length, reason }), tone: "failure" });
    }
  }
  return { isRunning, run };
}
