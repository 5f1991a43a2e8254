import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { StateIcon } from "../../ui/state-icon.tsx";
import { CHOICES } from "../fleet/fleet-query.ts";
import classes from "./customers.module.css";

const REFRESH_MS = 30_000;

/** How many of a customer's devices need attention; each number leads to them. */
export function CustomerHealth({ id }: { id: string }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { data } = useQuery({
    ...queries.deviceFacets({ facet: ["attention"], customerId: [id] }),
    refetchInterval: REFRESH_MS,
  });
  const choices = data?.facets.find(({ facet }) => facet === "attention")?.choices;
  if (!choices) return null;
  return (
    <span className={classes.health}>
      {CHOICES.attention.map((level) => {
        const shown = level === "none" ? "ok" : level;
        const count = choices.find(({ value }) => value === level)?.devices ?? 0;
        return (
          <Link key={level} href={`/?customerId=${id}&attention=${level}`} className={classes.level}>
            <StateIcon state={shown} isDecorative />
            {formats.whole(count)} {t(`fleet.summary.${shown}`)}
          </Link>
        );
      })}
    </span>
  );
}
