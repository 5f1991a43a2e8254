import { ActionIcon, Button, TextInput, UnstyledButton } from "@mantine/core";
import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import { ListFilter, Search, SlidersHorizontal, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { ChoiceMenu } from "../../ui/tick-box.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import classes from "./fleet-filters.module.css";
import { FixedFilter, FlagFilter, FoundFilter } from "./facet-filter.tsx";
import { CHOICES, countFilters, type FleetQuery, isNarrowed } from "./fleet-query.ts";
import searchFieldClasses from "./search-field.module.css";
import { CustomerFilter } from "../customers/customer-filter.tsx";

type FleetFiltersProps = {
  query: FleetQuery;
  summary: FleetSummary | undefined;
  onChange: (part: Partial<FleetQuery>) => void;
  onClear: () => void;
};

const ALL_SHOWN_KEY = "muster-fleet-all-filters";

/** The filters of the list, those that are rarely used behind a button. On a phone all are collapsed behind one. */
export function FleetFilters({ query, summary, onChange, onClear }: FleetFiltersProps) {
  const { t, formats } = useTranslations();
  const [isUnfolded, setUnfolded] = useState(false);
  const [isAllShown, setAllShown] = useState(() => readStored(ALL_SHOWN_KEY) === "yes");
  const count = countFilters(query);
  const archived = isNarrowed({ ...query, archived: false }) ? undefined : summary?.archived;
  return (
    <div className={classes.filters} data-unfolded={isUnfolded || undefined}>
      <UnstyledButton
        className={classes.fold}
        aria-expanded={isUnfolded}
        data-on={count > 0 || undefined}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        <ListFilter size={16} aria-hidden="true" />
        {count === 0 ? t("fleet.filter.title") : t("fleet.filter.active", { count })}
      </UnstyledButton>
      <div className={classes.menus}>
        <StateFilters query={query} onChange={onChange} />
        <CustomerFilter query={query} onChange={(customerId) => onChange({ customerId })} />
        <MachineFilters query={query} onChange={onChange} />
        <RareFilters query={query} onChange={onChange} isAllShown={isAllShown || isUnfolded} />
        <FlagFilter query={query} onChange={onChange} />
        <UnstyledButton
          className={classes.toggle}
          aria-pressed={query.archived}
          onClick={() => onChange({ archived: !query.archived })}
        >
          {t("fleet.filter.archived")}
          {archived !== undefined && <span className={classes.devices}>{formats.whole(archived)}</span>}
        </UnstyledButton>
        <ActionIcon
          className={classes.all}
          size={34}
          variant="default"
          aria-label={t("fleet.filter.all")}
          title={t("fleet.filter.all")}
          aria-pressed={isAllShown}
          onClick={() => {
            writeStored(ALL_SHOWN_KEY, isAllShown ? "no" : "yes");
            setAllShown(!isAllShown);
          }}
        >
          <SlidersHorizontal size={16} />
        </ActionIcon>
        {count > 0 && (
          <Button variant="subtle" size="compact-sm" leftSection={<X size={14} />} onClick={onClear}>
            {t("fleet.filter.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

type FilterProps = Pick<FleetFiltersProps, "query" | "onChange">;

function StateFilters({ query, onChange }: FilterProps) {
  const { t } = useTranslations();
  return (
    <>
      <FixedFilter
        facet="attention"
        label={t("fleet.filter.status")}
        query={query}
        choices={CHOICES.attention.map((value) => ({ value, label: t(`states.attention.${value}`) }))}
        chosen={query.attention}
        onChange={(attention) => onChange({ attention })}
      />
      <FixedFilter
        facet="presence"
        label={t("fleet.filter.presence")}
        query={query}
        choices={CHOICES.presence.map((value) => ({ value, label: t(`states.presence.${value}`) }))}
        chosen={query.presence}
        onChange={(presence) => onChange({ presence })}
      />
      {query.customer.length > 0 && (
        <ChoiceMenu
          label={t("fleet.filter.customer")}
          choices={query.customer.map((value) => ({ value, label: value }))}
          chosen={query.customer}
          onChange={(customer) => onChange({ customer })}
        />
      )}
    </>
  );
}

function MachineFilters({ query, onChange }: FilterProps) {
  const { t } = useTranslations();
  return (
    <>
      <FoundFilter
        facet="tag"
        label={t("fleet.filter.tag")}
        query={query}
        chosen={query.tag}
        onChange={(tag) => onChange({ tag })}
      />
      <FixedFilter
        facet="class"
        label={t("fleet.filter.class")}
        query={query}
        choices={CHOICES.class.map((value) => ({ value, label: t(`states.class.${value}`) }))}
        chosen={query.class}
        onChange={(chosen) => onChange({ class: chosen })}
      />
      <FixedFilter
        facet="osFamily"
        label={t("fleet.filter.os")}
        query={query}
        choices={CHOICES.osFamily.map((value) => ({ value, label: t(`states.os.${value}`) }))}
        chosen={query.osFamily}
        onChange={(osFamily) => onChange({ osFamily })}
      />
    </>
  );
}

const RARE_FACETS = ["osName", "agentVersion", "user"] as const;

/** One that filters the list is shown in any case. */
function RareFilters({ query, onChange, isAllShown }: FilterProps & { isAllShown: boolean }) {
  const { t } = useTranslations();
  return RARE_FACETS.filter((facet) => isAllShown || query[facet].length > 0).map((facet) => (
    <FoundFilter
      key={facet}
      facet={facet}
      label={t(`fleet.filter.${facet}`)}
      query={query}
      chosen={query[facet]}
      onChange={(chosen) => onChange({ [facet]: chosen })}
    />
  ));
}

const TYPING_MS = 200;

type SearchFieldProps = {
  value: string;
  onChange: (text: string) => void;
  label: string;
  placeholder: string;
  /** The list that Enter goes on to. */
  gridId: string;
};

/** The search of a list, reached by "/"; Enter goes on to the list. */
export function SearchField({ value, onChange, label, placeholder, gridId }: SearchFieldProps) {
  const { t } = useTranslations();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useShortcuts({ "/": () => field.current?.focus() });
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      ref={field}
      className={searchFieldClasses.search}
      type="search"
      size="sm"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={`${placeholder}  /`}
      maxLength={200}
      leftSection={<Search size={16} />}
      rightSection={
        text !== "" && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("fleet.filter.clearSearch")}
            onClick={() => setText("")}
          >
            <X size={14} />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") setText("");
        if (event.key === "Enter" || event.key === "ArrowDown") document.getElementById(gridId)?.focus();
      }}
    />
  );
}
