import { Button, Select, TagsInput } from "@mantine/core";
import type { DeviceEditChange } from "@muster/shared/contracts/device-edit.ts";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { maintenanceEnd, useMaintenanceChoices } from "../../ui/maintenance-choices.ts";
import {
  type Confirmation,
  isConfirmed,
  MANY_DEVICES,
  TypedConfirmation,
} from "../../ui/typed-confirmation.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { type CustomerChoice, customerFields } from "../customers/customer-choice.ts";
import { CustomerSelect } from "../customers/customer-select.tsx";
import { DeviceSelect } from "./device-select.tsx";
import { DeviceNames } from "./device-names.tsx";
import { CHOICES, type FleetQuery } from "./fleet-query.ts";
import { countOf, type SelectionTargets, targetsOf, useMatching } from "./selection-targets.ts";
import type { SelectionVerb } from "./selection-verb.ts";
import { isTag } from "./tags.ts";
import { useBulkEdit } from "./use-bulk-edit.tsx";

type SelectionDialogProps = {
  verb: SelectionVerb;
  targets: SelectionTargets;
  onDone: () => void;
  onClose: () => void;
};

/** Asks what to do with the selected devices, names them, and does it. */
export function SelectionDialog({ verb, targets, onDone, onClose }: SelectionDialogProps) {
  const { t } = useTranslations();
  // The rows behind the dialog keep changing; what it is about must not.
  const [devices] = useState(targets.devices);
  const { matching, notice, recount } = useMatching(targets.matching);
  const count = countOf({ devices, matching });
  const { form, isRunning, failure, submit } = useSelectionForm(verb);
  const titles: Record<SelectionVerb, string> = {
    tag: t("fleet.selection.tagTitle", { count }),
    customer: t("fleet.selection.customerTitle", { count }),
    class: t("fleet.selection.classTitle", { count }),
    dependency: t("fleet.selection.dependencyTitle", { count }),
    maintenance: t("fleet.selection.maintenanceTitle", { count }),
    archive: t("fleet.selection.archiveTitle", { count }),
    restore: t("fleet.selection.restoreTitle", { count }),
  };
  const ids = devices.map(({ id }) => id);
  const [typed, setTyped] = useState("");
  const confirmation: Confirmation | null =
    verb === "archive" && count >= MANY_DEVICES ? { kind: "count", count } : null;
  const isSure = isConfirmed(confirmation, typed);

  return (
    <Dialog onClose={onClose} title={titles[verb]}>
      <DialogForm
        failure={notice ?? failure}
        onSubmit={() => isSure && void submit(targetsOf(ids, matching), { onDone, recount })}
        onCancel={onClose}
        submit={
          <Button
            type="submit"
            disabled={!isSure}
            loading={isRunning}
            color={verb === "archive" ? "critical" : "accent"}
          >
            {t(verb === "archive" || verb === "restore" ? `fleet.selection.${verb}` : "shell.action.save")}
          </Button>
        }
      >
        {matching === null ? (
          <DeviceNames devices={devices} />
        ) : (
          <strong>{t("fleet.selection.matching", { count })}</strong>
        )}
        <SelectionFields verb={verb} devices={devices} form={form} />
        {confirmation && (
          <TypedConfirmation
            confirmation={confirmation}
            hint={t("fleet.selection.countHint")}
            typed={typed}
            onType={setTyped}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}

type ChosenClass = FleetQuery["class"][number] | "guessed";
type TagChange = { added: string[]; removed: string[] };

/** What was filled in, and the request that it makes. */
function useSelectionForm(verb: SelectionVerb) {
  const failureText = useFailureText();
  const { isRunning, run } = useBulkEdit();
  const [failure, setFailure] = useState<string | null>(null);
  const [tags, setTags] = useState<TagChange>({ added: [], removed: [] });
  const [customer, setCustomer] = useState<CustomerChoice | null>(null);
  const [chosenClass, setClass] = useState<ChosenClass>("guessed");
  const [hours, setHours] = useState("4");
  const [dependsOn, setDependsOn] = useState<string | null>(null);

  function changeOf(): DeviceEditChange | null {
    switch (verb) {
      case "tag": {
        const { added, removed } = tags;
        if (added.length + removed.length === 0) return null;
        return {
          ...(added.length > 0 && { addTags: added }),
          ...(removed.length > 0 && { removeTags: removed }),
        };
      }
      case "customer":
        return customerFields(customer);
      case "class":
        return { class: chosenClass === "guessed" ? null : chosenClass };
      case "dependency":
        return { dependsOn };
      case "maintenance":
        return { maintenanceUntil: maintenanceEnd(hours, Date.now()) };
      case "archive":
        return { archived: true };
      case "restore":
        return { archived: false };
    }
  }

  return {
    form: {
      tags,
      setTags,
      customer,
      setCustomer,
      chosenClass,
      setClass,
      hours,
      setHours,
      dependsOn,
      setDependsOn,
    },
    isRunning,
    failure,
    async submit(
      targets: Parameters<typeof run>[0],
      then: { onDone: () => void; recount: (error: unknown) => Promise<boolean> },
    ): Promise<void> {
      const change = changeOf();
      if (change === null) return then.onDone();
      try {
        await run(targets, change);
        then.onDone();
      } catch (error) {
        if (!(await then.recount(error))) setFailure(failureText(error));
      }
    },
  };
}

type SelectionFieldsProps = {
  verb: SelectionVerb;
  devices: readonly DeviceSummary[];
  form: ReturnType<typeof useSelectionForm>["form"];
};

function SelectionFields({ verb, devices, form }: SelectionFieldsProps) {
  const { t } = useTranslations();
  const maintenance = useMaintenanceChoices();
  switch (verb) {
    case "tag":
      return <TagFields devices={devices} value={form.tags} onChange={form.setTags} />;
    case "customer":
      return (
        <CustomerSelect
          isFocused
          label={t("fleet.selection.customerName")}
          description={t("fleet.selection.customerHint")}
          value={form.customer}
          onChange={form.setCustomer}
        />
      );
    case "class":
      return (
        <Select
          data-autofocus
          label={t("fleet.selection.class")}
          description={t("fleet.selection.classHint")}
          allowDeselect={false}
          data={[
            { value: "guessed", label: t("fleet.selection.classGuessed") },
            ...CHOICES.class.map((value) => ({ value, label: t(`states.class.${value}`) })),
          ]}
          value={form.chosenClass}
          onChange={(value) => form.setClass(CHOICES.class.find((known) => known === value) ?? "guessed")}
        />
      );
    case "dependency":
      return (
        <DeviceSelect
          label={t("fleet.selection.dependency")}
          description={t("fleet.selection.dependencyHint")}
          placeholder={t("fleet.selection.dependencyNone")}
          value={form.dependsOn ?? undefined}
          onChange={form.setDependsOn}
        />
      );
    case "maintenance":
      return (
        <Select
          label={t("fleet.maintenance.for")}
          description={t("fleet.maintenance.hint")}
          data={maintenance}
          value={form.hours}
          onChange={(value) => form.setHours(value ?? "4")}
        />
      );
    case "archive":
      return <p style={{ margin: 0 }}>{t("fleet.selection.archiveText")}</p>;
    case "restore":
      return null;
  }
}

type TagFieldsProps = {
  devices: readonly DeviceSummary[];
  value: TagChange;
  onChange: (value: TagChange) => void;
};

/** So low that the suggestions never cover the button that saves. */
const SUGGESTIONS_PX = 64;

function TagFields({ devices, value, onChange }: TagFieldsProps) {
  const { t } = useTranslations();
  const summary = useQuery(queries.summary());
  const known = summary.data?.tags ?? [];
  return (
    <>
      <TagsInput
        data-autofocus
        label={t("fleet.selection.tagAdd")}
        description={t("fleet.selection.tagHint")}
        data={known}
        value={value.added}
        onChange={(tags) => onChange({ ...value, added: tags.filter(isTag) })}
        maxTags={20}
        maxDropdownHeight={SUGGESTIONS_PX}
      />
      <TagsInput
        label={t("fleet.selection.tagRemove")}
        data={[...new Set([...devices.flatMap(({ tags }) => tags), ...known])]}
        value={value.removed}
        onChange={(tags) => onChange({ ...value, removed: tags.filter(isTag) })}
        maxTags={20}
        comboboxProps={{ position: "top" }}
      />
    </>
  );
}
