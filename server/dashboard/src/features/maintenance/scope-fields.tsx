import { ActionIcon, Select } from "@mantine/core";
import { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { CustomerSelect } from "../customers/customer-select.tsx";
import { DeviceSelect } from "../fleet/device-select.tsx";
import classes from "./maintenance.module.css";
import type { ScopeForm } from "./window-form.ts";

const KINDS = ["organization", "customer", "tag", "class", "devices"] as const;

type ScopeFieldsProps = {
  value: ScopeForm;
  error: ReactNode;
  onChange: (change: Partial<ScopeForm>) => void;
};

/** The devices of a window. */
export function ScopeFields({ value, error, onChange }: ScopeFieldsProps) {
  const { t } = useTranslations();
  return (
    <>
      <Select
        label={t("maintenance.scopeLabel")}
        allowDeselect={false}
        error={error}
        data={KINDS.map((kind) => ({ value: kind, label: t(`maintenance.scope.${kind}`) }))}
        value={value.kind}
        onChange={(chosen) => onChange({ kind: KINDS.find((kind) => kind === chosen) ?? value.kind })}
      />
      <ScopeDetail value={value} onChange={onChange} />
    </>
  );
}

function ScopeDetail({ value, onChange }: Omit<ScopeFieldsProps, "error">) {
  const { t } = useTranslations();
  const summary = useQuery(queries.summary());
  switch (value.kind) {
    case "organization":
      return null;
    case "customer":
      return (
        <CustomerSelect
          label={t("maintenance.customer")}
          mayCreate={false}
          value={value.customer}
          onChange={(chosen) => onChange({ customer: chosen === null || chosen.id === null ? null : chosen })}
        />
      );
    case "tag":
      return (
        <Select
          label={t("maintenance.tag")}
          searchable
          data={[...new Set([...(summary.data?.tags ?? []), value.tag])].filter((tag) => tag !== "")}
          value={value.tag || null}
          onChange={(tag) => onChange({ tag: tag ?? "" })}
        />
      );
    case "class":
      return (
        <Select
          label={t("maintenance.class")}
          allowDeselect={false}
          data={DeviceClass.options.map((one) => ({ value: one, label: t(`states.class.${one}`) }))}
          value={value.deviceClass}
          onChange={(chosen) =>
            onChange({ deviceClass: DeviceClass.options.find((one) => one === chosen) ?? value.deviceClass })
          }
        />
      );
    case "devices":
      return <DeviceFields ids={value.deviceIds} onChange={(deviceIds) => onChange({ deviceIds })} />;
  }
}

function DeviceFields({ ids, onChange }: { ids: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslations();
  return (
    <div className={classes.devices}>
      {/* Another key empties the field after each choice. */}
      <DeviceSelect
        key={ids.length}
        value={undefined}
        onChange={(id) => id !== null && !ids.includes(id) && onChange([...ids, id])}
      />
      <ul aria-label={t("maintenance.chosen")}>
        {ids.map((id) => (
          <ChosenDevice key={id} id={id} onRemove={() => onChange(ids.filter((one) => one !== id))} />
        ))}
      </ul>
    </div>
  );
}

function ChosenDevice({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { t } = useTranslations();
  const device = useQuery(queries.device(id));
  const name = device.data ? plainName(device.data.name) : id;
  return (
    <li>
      <bdi>{name}</bdi>
      <ActionIcon
        size={26}
        variant="subtle"
        aria-label={t("maintenance.removeDevice", { name })}
        onClick={onRemove}
      >
        <X size={14} />
      </ActionIcon>
    </li>
  );
}
