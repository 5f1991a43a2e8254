import { Select, TextInput } from "@mantine/core";
import { AUDIT_ACTIONS } from "@muster/shared/contracts/audit.ts";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { DayInput } from "../../ui/day-input.tsx";
import { dayStart } from "../../ui/day-start.ts";
import type { FilterSelectProps } from "../../ui/filter-select-props.ts";
import { plainName } from "../../ui/plain-name.ts";
import { DeviceSelect } from "../fleet/device-select.tsx";
import rowList from "../../ui/row-list.module.css";

/** The names of the filters in the address. `by` is the id of a user or key, `from` and `to` are local days. */
export const AUDIT_FILTERS = ["event", "device", "by", "from", "to"] as const;
type Name = (typeof AUDIT_FILTERS)[number];

type AuditFiltersProps = {
  text: string;
  onText: (text: string) => void;
  values: Partial<Record<Name, string>>;
  onChange: (changes: Partial<Record<Name, string | null>>) => void;
};

export function AuditFilters({ text, onText, values, onChange }: AuditFiltersProps) {
  const { t } = useTranslations();
  return (
    <div className={rowList.filters}>
      <TextInput
        type="search"
        leftSection={<Search size={16} />}
        aria-label={t("settings.common.search")}
        placeholder={t("settings.common.search")}
        maxLength={200}
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
      <EventSelect value={values.event} onChange={(event) => onChange({ event })} />
      <ActorSelect value={values.by} onChange={(by) => onChange({ by })} />
      <DeviceSelect value={values.device} onChange={(device) => onChange({ device })} />
      <DayInput label={t("shell.filter.from")} value={values.from} onChange={(from) => onChange({ from })} />
      <DayInput label={t("shell.filter.to")} value={values.to} onChange={(to) => onChange({ to })} />
    </div>
  );
}

function EventSelect({ value, onChange }: FilterSelectProps) {
  const { t } = useTranslations();
  return (
    <Select
      aria-label={t("audit.filter.action")}
      placeholder={t("audit.filter.anyAction")}
      data={AUDIT_ACTIONS.map((action) => ({
        value: action,
        label: t(`audit.sentence.${action}`, { actor: "…", subject: "…", devices: "…" }),
      }))}
      comboboxProps={{ width: 320, position: "bottom-start" }}
      searchable
      clearable
      value={value ?? null}
      onChange={onChange}
    />
  );
}

/** Users and keys of the organization: those that may have changed something. */
function ActorSelect({ value, onChange }: FilterSelectProps) {
  const { t } = useTranslations();
  const limit = 200;
  const users = useQuery({
    queryKey: ["users", "filter"],
    queryFn: ({ signal }) => callApi("userPage", paths.users, { query: { limit }, signal }),
  });
  const keys = useQuery({
    queryKey: ["keys", "filter"],
    queryFn: ({ signal }) => callApi("apiKeyPage", paths.keys, { query: { limit }, signal }),
  });
  const found = [...(users.data?.items ?? []), ...(keys.data?.items ?? [])];
  return (
    <Select
      aria-label={t("audit.filter.actor")}
      placeholder={t("audit.filter.anyone")}
      data={found.map(({ id, name }) => ({ value: id, label: plainName(name) }))}
      searchable
      clearable
      value={value ?? null}
      onChange={onChange}
    />
  );
}

/** The query of the API for what the address says. */
export function toAuditQuery(values: Partial<Record<Name, string>>) {
  return {
    action: AUDIT_ACTIONS.find((action) => action === values.event),
    deviceId: values.device,
    actorId: values.by,
    since: dayStart(values.from, 0),
    until: dayStart(values.to, 1),
  };
}
