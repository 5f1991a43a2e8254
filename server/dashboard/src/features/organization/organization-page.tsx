import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { OrganizationForm } from "./organization-form.tsx";

export function OrganizationPage() {
  const { t } = useWords();
  const organization = useQuery(queries.organization());
  return (
    <SettingsPage title={t("settings.organization.title")} intro={t("settings.organization.intro")}>
      {organization.error && !organization.data && (
        <FailureState error={organization.error} retry={() => void organization.refetch()} />
      )}
      {organization.data && <OrganizationForm key={organization.data.id} organization={organization.data} />}
    </SettingsPage>
  );
}
