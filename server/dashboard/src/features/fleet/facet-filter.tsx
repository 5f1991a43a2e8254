import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { DeviceFacet } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { type Choice, ChoiceMenu } from "../../ui/tick-box.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { type FleetQuery, toRequestQuery } from "./fleet-query.ts";

type FacetMenuProps = {
  facet: DeviceFacet;
  label: string;
  query: FleetQuery;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** A filter with few choices, which are always listed: each with the devices that it would give. */
export function FixedFilter<Value extends string>({
  choices,
  onChange,
  ...menu
}: Omit<FacetMenuProps, "onChange"> & {
  choices: readonly { value: Value; label: string }[];
  onChange: (chosen: Value[]) => void;
}) {
  const facet = useFacet(menu.facet, menu.query);
  return (
    <ChoiceMenu
      {...menu}
      choices={choices.map((choice) => ({ ...choice, count: facet.countOf(choice.value) }))}
      onChange={(values) =>
        onChange(choices.map(({ value }) => value).filter((value) => values.includes(value)))
      }
      onOpen={facet.open}
      onClose={facet.close}
      note={facet.note}
    />
  );
}

/** A filter whose choices are what the devices have: the most frequent ones, and more by searching. */
export function FoundFilter({
  pinned = [],
  named = [],
  ...menu
}: FacetMenuProps & {
  /** Listed first unless a search is under way, also without any device. */
  pinned?: readonly Choice[];
  /** Names of chosen values that are not their own names. */
  named?: readonly Choice[];
}) {
  const [find, setFind] = useState("");
  const [searched] = useDebouncedValue(find.trim(), 150);
  const facet = useFacet(menu.facet, menu.query, searched);
  const labels = new Map([...pinned, ...named].map(({ value, label }) => [value, label]));
  const first = find === "" ? pinned.map(({ value }) => ({ value, label: "" })) : [];
  const found = facet.choices ?? menu.chosen.map((value) => ({ value, name: null, devices: undefined }));
  const others = found.filter(({ value }) => !first.some((one) => one.value === value));
  const choices = [...first.map(({ value }) => value), ...others.map(({ value }) => value)];
  const nameOf = new Map(found.map(({ value, name }) => [value, name]));
  return (
    <ChoiceMenu
      {...menu}
      choices={choices.map((value) => ({
        value,
        label: labels.get(value) ?? nameOf.get(value) ?? value,
        count: facet.countOf(value),
      }))}
      onSearch={setFind}
      onOpen={facet.open}
      onClose={facet.close}
      note={facet.note}
    />
  );
}

const FLAGS = ["rebootRequired", "paused"] as const;

/** What is either so or not, each with the devices that it would give. */
export function FlagFilter({
  query,
  onChange,
}: {
  query: FleetQuery;
  onChange: (part: Partial<FleetQuery>) => void;
}) {
  const { t } = useTranslations();
  const facets = useFacets(FLAGS, query);
  return (
    <ChoiceMenu
      label={t("fleet.filter.more")}
      choices={FLAGS.map((flag) => ({
        value: flag,
        label: t(`fleet.filter.${flag}`),
        count: facets.countOf(flag, "true"),
      }))}
      chosen={FLAGS.filter((flag) => query[flag])}
      onChange={(chosen) => onChange(Object.fromEntries(FLAGS.map((flag) => [flag, chosen.includes(flag)])))}
      onOpen={facets.open}
      onClose={facets.close}
      note={facets.note}
    />
  );
}

function useFacet(name: DeviceFacet, query: FleetQuery, find = "") {
  const { countOf, choicesOf, ...menu } = useFacets([name], query, find);
  return { ...menu, choices: choicesOf(name), countOf: (value: string) => countOf(name, value) };
}

/** Counts the choices of filters under the other filters, once their menu is open. */
function useFacets(names: readonly DeviceFacet[], query: FleetQuery, find = "") {
  const [isOpen, setOpen] = useState(false);
  const counted = useQuery({ ...queries.deviceFacets(facetRequest(names, query, find)), enabled: isOpen });
  const facetOf = (name: DeviceFacet) => counted.data?.facets.find(({ facet }) => facet === name);
  const more = names.reduce((sum, name) => sum + (facetOf(name)?.more ?? 0), 0);
  const hasNote = counted.isPending || counted.error !== null || more > 0;
  return {
    choicesOf: (name: DeviceFacet) => facetOf(name)?.choices,
    /** Undefined while it is not known. */
    countOf(name: DeviceFacet, value: string): number | undefined {
      const facet = facetOf(name);
      return facet && (facet.choices.find((choice) => choice.value === value)?.devices ?? 0);
    },
    note: hasNote && <FacetNote more={more} error={counted.error} retry={() => void counted.refetch()} />,
    open: () => setOpen(true),
    close: () => setOpen(false),
  };
}

/** What the server is asked for: the list's filters without its order. */
export function facetRequest(facet: readonly DeviceFacet[], query: FleetQuery, find = "") {
  const { sort: _, order: __, ...filter } = toRequestQuery(query);
  return { ...filter, facet: [...facet], find: find || undefined };
}

type FacetNoteProps = { more: number; error: unknown; retry: () => void };

/** Below the choices: that they are loading, why they cannot be counted, or that there are more. */
function FacetNote({ more, error, retry }: FacetNoteProps): ReactNode {
  const { t, formats } = useTranslations();
  const failureText = useFailureText();
  if (error) {
    return (
      <span role="alert">
        {failureText(error)}{" "}
        <Button size="compact-xs" variant="default" onClick={retry}>
          {t("shell.action.retry")}
        </Button>
      </span>
    );
  }
  if (more > 0) return t("fleet.filter.moreChoices", { count: more, more: formats.whole(more) });
  return <span role="status">{t("shell.state.loading")}</span>;
}
