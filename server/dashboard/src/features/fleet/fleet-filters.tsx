import { Button, UnstyledButton } from "@mantine/core";
import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import { ListFilter, X } from "lucide-react";
import { useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { ChoiceMenu } from "../../ui/choice-menu.tsx";
import classes from "./fleet-filters.module.css";
import { CHOICES, countFilters, type FleetQuery } from "./fleet-query.ts";

type FleetFiltersProps = {
  query: FleetQuery;
  summary: FleetSummary | undefined;
  onChange: (part: Partial<FleetQuery>) => void;
  onClear: () => void;
};

/** What narrows the list. On a phone it is folded behind one button. */
export function FleetFilters({ query, summary, onChange, onClear }: FleetFiltersProps) {
  const { t } = useWords();
  const [isUnfolded, setUnfolded] = useState(false);
  const count = countFilters(query);
  const known = <Value extends string>(choices: readonly Value[], values: readonly string[]) =>
    choices.filter((choice) => values.includes(choice));
  const names = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
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
        <ChoiceMenu
          label={t("fleet.filter.status")}
          choices={CHOICES.attention.map((value) => ({ value, label: t(`states.attention.${value}`) }))}
          chosen={query.attention}
          onChange={(chosen) => onChange({ attention: known(CHOICES.attention, chosen) })}
        />
        <ChoiceMenu
          label={t("fleet.filter.presence")}
          choices={CHOICES.presence.map((value) => ({ value, label: t(`states.presence.${value}`) }))}
          chosen={query.presence}
          onChange={(chosen) => onChange({ presence: known(CHOICES.presence, chosen) })}
        />
        <ChoiceMenu
          label={t("fleet.filter.customer")}
          choices={names(summary?.customers ?? query.customer)}
          chosen={query.customer}
          onChange={(customer) => onChange({ customer })}
        />
        <ChoiceMenu
          label={t("fleet.filter.tag")}
          choices={names(summary?.tags ?? query.tag)}
          chosen={query.tag}
          onChange={(tag) => onChange({ tag })}
        />
        <ChoiceMenu
          label={t("fleet.filter.class")}
          choices={CHOICES.class.map((value) => ({ value, label: t(`states.class.${value}`) }))}
          chosen={query.class}
          onChange={(chosen) => onChange({ class: known(CHOICES.class, chosen) })}
        />
        <ChoiceMenu
          label={t("fleet.filter.os")}
          choices={CHOICES.osFamily.map((value) => ({ value, label: t(`states.os.${value}`) }))}
          chosen={query.osFamily}
          onChange={(chosen) => onChange({ osFamily: known(CHOICES.osFamily, chosen) })}
        />
        <UnstyledButton
          className={classes.toggle}
          aria-pressed={query.archived}
          onClick={() => onChange({ archived: !query.archived })}
        >
          {t("fleet.filter.archived")}
        </UnstyledButton>
        {count > 0 && (
          <Button variant="subtle" size="compact-sm" leftSection={<X size={14} />} onClick={onClear}>
            {t("fleet.filter.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}
