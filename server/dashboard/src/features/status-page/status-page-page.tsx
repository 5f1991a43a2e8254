import "../../ui/mantine-dialog-styles.ts";
import "@mantine/core/styles/Switch.css";
import type { StatusPageSettings } from "@muster/shared/contracts/status-page.ts";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { RoleGate, useSession } from "../session/session-context.tsx";
import { ComponentStateLabel } from "./component-state.tsx";
import { IncidentList } from "./incident-list.tsx";
import { StatusAddress } from "./status-address.tsx";
import classes from "./status-page.module.css";
import { StatusSettings } from "./status-settings.tsx";
import { statusQueries } from "./use-status-page.ts";

/** The public status page: what visitors may see, and what members publish about incidents. */
export function StatusPagePage() {
  const { t } = useTranslations();
  return (
    <RoleGate minimumRole="viewer" needsWholeOrganization>
      <SettingsPage title={t("statusPage.title")} intro={t("statusPage.intro")}>
        <Content />
      </SettingsPage>
    </RoleGate>
  );
}

function Content() {
  const { may } = useSession();
  const settings = useQuery(statusQueries.settings());
  if (settings.error && !settings.data) {
    return <FailureState error={settings.error} retry={() => void settings.refetch()} />;
  }
  if (!settings.data) return null;
  const { url, isEnabled, components } = settings.data;
  return (
    <div className={classes.page}>
      {url !== null && isEnabled && <StatusAddress url={url} mayRenew={may("admin")} />}
      <div className={classes.columns}>
        {may("admin") ? (
          <StatusSettings settings={settings.data} />
        ) : (
          <ReadOnlySettings settings={settings.data} />
        )}
        <IncidentList components={components} mayPublish={may("operator")} />
      </div>
    </div>
  );
}

function ReadOnlySettings({ settings }: { settings: StatusPageSettings }) {
  const { t } = useTranslations();
  const preview = useQuery(statusQueries.preview());
  return (
    <section className={classes.form}>
      <h2>{settings.title}</h2>
      <p className={classes.note}>{t(settings.isEnabled ? "statusPage.isOn" : "statusPage.isOff")}</p>
      <ul className={classes.states}>
        {preview.data?.components.map(({ name, state }) => (
          <li key={name}>
            <bdi>{name}</bdi>
            <ComponentStateLabel state={state} />
          </li>
        ))}
      </ul>
      <p className={classes.note}>{t("statusPage.readOnly")}</p>
    </section>
  );
}
