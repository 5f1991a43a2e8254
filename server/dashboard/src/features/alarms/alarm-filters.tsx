import { Button, Select, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { FilterSelectProps } from "../../ui/filter-select-props.ts";
import { ChoiceMenu } from "../../ui/tick-box.tsx";
import foldClasses from "../fleet/fleet-filters.module.css";
import { DeviceSelect } from "../fleet/device-select.tsx";
import { SearchField } from "../fleet/fleet-filters.tsx";
import { useSession } from "../session/session-context.tsx";
import { ALARM_GRID_ID } from "./alarm-grid.tsx";
import { ALARM_KINDS, type AlarmQuery } from "./alarm-query.ts";
import classes from "./alarms-page.module.css";
import { useAssignees } from "./use-assignees.ts";

type AlarmFiltersProps = {
  query: AlarmQuery;
  isNarrowed: boolean;
  onChange: (part: Partial<AlarmQuery>, replace?: boolean) => void;
  onClear: () => void;
};

/** The filters of the list and its order. */
export function AlarmFilters({ query, isNarrowed, onChange, onClear }: AlarmFiltersProps) {
  const { t } = useTranslations();
  const [isUnfolded, setUnfolded] = useState(false);
  return (
    <div className={classes.filters} data-unfolded={isUnfolded || undefined}>
      <SearchField
        value={query.search}
        onChange={(search) => onChange({ search }, true)}
        label={t("alarmPages.filter.search")}
        placeholder={t("alarmPages.filter.placeholder")}
        gridId={ALARM_GRID_ID}
      />
      <UnstyledButton
        className={foldClasses.fold}
        aria-expanded={isUnfolded}
        data-on={isNarrowed || undefined}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        <ListFilter size={16} aria-hidden="true" />
        {t("fleet.filter.title")}
      </UnstyledButton>
      <div className={classes.menus}>
        <CustomerMenu chosen={query.customer} onChange={(customer) => onChange({ customer })} />
        <ChoiceMenu
          label={t("alarmPages.filter.type")}
          choices={ALARM_KINDS.map((value) => ({ value, label: t(`alarmPages.kind.${value}`) }))}
          chosen={query.type}
          onChange={(type) => onChange({ type })}
        />
        <span className={classes.select}>
          <DeviceSelect value={query.device ?? undefined} onChange={(device) => onChange({ device })} />
        </span>
        <span className={classes.select}>
          <AssigneeSelect
            value={query.assignee ?? undefined}
            onChange={(assignee) => onChange({ assignee })}
          />
        </span>
        <span className={classes.select}>
          <SortSelect query={query} onChange={onChange} />
        </span>
      </div>
      {query.rule !== null && (
        <Button size="compact-sm" variant="light" onClick={() => onChange({ rule: null })}>
          {t("alarmPages.filter.rule")} ✕
        </Button>
      )}
      {isNarrowed && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("shell.filter.clear")}
        </Button>
      )}
    </div>
  );
}

/** Customers are searched by the server, because an organization may have thousands. */
function CustomerMenu({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { t } = useTranslations();
  const [text, setText] = useState("");
  const [searched] = useDebouncedValue(text.trim(), 150);
  const found = useQuery(queries.customerSearch(searched));
  const named = useQueries({ queries: chosen.map((id) => queries.customer(id)) });
  const names = new Map(named.flatMap(({ data }) => (data ? [[data.id, data.name] as const] : [])));
  for (const { id, name } of found.data?.items ?? []) names.set(id, name);
  if ((found.data?.items.length ?? 0) === 0 && searched === "" && chosen.length === 0) return null;
  return (
    <ChoiceMenu
      label={t("alarmPages.filter.customer")}
      choices={[...names].map(([value, label]) => ({ value, label }))}
      chosen={chosen}
      onChange={onChange}
      onSearch={setText}
    />
  );
}

function AssigneeSelect({ value, onChange }: FilterSelectProps) {
  const { t } = useTranslations();
  const { user } = useSession();
  const members = useAssignees().filter(({ id }) => id !== user.id);
  return (
    <Select
      aria-label={t("alarmPages.filter.assignee")}
      placeholder={t("alarmPages.filter.assignee")}
      data={[
        { value: "mine", label: t("alarmPages.filter.mine") },
        { value: "none", label: t("alarmPages.filter.nobody") },
        ...members.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      searchable={members.length > 6}
      clearable
      value={value ?? null}
      onChange={onChange}
    />
  );
}

function SortSelect({ query, onChange }: Pick<AlarmFiltersProps, "query" | "onChange">) {
  const { t } = useTranslations();
  const offered =
    query.state === "ended" ? (["ended", "opened", "severity"] as const) : (["severity", "opened"] as const);
  return (
    <Select
      aria-label={t("alarmPages.filter.sort")}
      data={offered.map((sort) => ({ value: sort, label: t(`alarmPages.sort.${sort}`) }))}
      allowDeselect={false}
      value={query.sort}
      onChange={(chosen) => {
        const sort = offered.find((one) => one === chosen);
        if (sort) onChange({ sort });
      }}
    />
  );
}
