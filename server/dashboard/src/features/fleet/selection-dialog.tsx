import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import type { DeviceDetail, DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { changeDevice, deviceVerb } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { maintenanceEnd, useMaintenanceChoices } from "../../ui/maintenance-choices.ts";
import { Suggestions } from "../../ui/suggestions.tsx";
import { DeviceNames } from "./device-names.tsx";
import type { SelectionVerb } from "./selection-verb.ts";
import { isTag, withTags } from "./tags.ts";
import { useBulkChange } from "./use-bulk-change.ts";

type SelectionDialogProps = {
  verb: SelectionVerb;
  devices: readonly DeviceSummary[];
  onDone: () => void;
  onClose: () => void;
};

/** Asks what to do with the selected devices, names them, and does it. */
export function SelectionDialog({ verb, devices, onDone, onClose }: SelectionDialogProps) {
  const { t } = useWords();
  const summary = useQuery(queries.summary());
  const { isRunning, run } = useBulkChange(devices);
  const maintenance = useMaintenanceChoices();
  const [added, setAdded] = useState<string[]>([]);
  const [removed, setRemoved] = useState<string[]>([]);
  const [customer, setCustomer] = useState("");
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
        return changeDevice(device.id, { tags: withTags(device.tags, added, removed) });
      case "customer":
        return changeDevice(device.id, { customer: customer.trim() || null });
      case "maintenance":
        return changeDevice(device.id, { maintenanceUntil: maintenanceEnd(hours, Date.now()) });
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
        {verb === "tag" && (
          <>
            <TagsInput
              data-autofocus
              label={t("fleet.selection.tagAdd")}
              description={t("fleet.selection.tagHint")}
              data={summary.data?.tags ?? []}
              value={added}
              onChange={(tags) => setAdded(tags.filter(isTag))}
              maxTags={20}
            />
            <TagsInput
              label={t("fleet.selection.tagRemove")}
              data={[...new Set(devices.flatMap(({ tags }) => tags))]}
              value={removed}
              onChange={setRemoved}
            />
          </>
        )}
        {verb === "customer" && (
          <TextInput
            data-autofocus
            label={t("fleet.selection.customerName")}
            description={t("fleet.selection.customerHint")}
            list="known-customers"
            maxLength={120}
            value={customer}
            onChange={(event) => setCustomer(event.currentTarget.value)}
          />
        )}
        <Suggestions id="known-customers" values={summary.data?.customers ?? []} />
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
