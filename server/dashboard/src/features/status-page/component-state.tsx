import type { ComponentState } from "@muster/shared/contracts/status-page.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateIcon } from "../../ui/state-icon.tsx";
import type { StateName } from "../../ui/state-name.ts";
import classes from "./status-page.module.css";

const ICONS: Readonly<Record<ComponentState, StateName>> = {
  operational: "ok",
  "no-data": "offline",
  maintenance: "maintenance",
  degraded: "warn",
  "partial-outage": "warn",
  outage: "critical",
};

/** What visitors read of a component now. */
export function ComponentStateLabel({ state }: { state: ComponentState }) {
  const { t } = useTranslations();
  return (
    <span className={classes.state}>
      <StateIcon state={ICONS[state]} size={14} isDecorative />
      {t(`statusPage.state.${state}`)}
    </span>
  );
}
