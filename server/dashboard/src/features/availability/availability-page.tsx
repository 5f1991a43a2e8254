import { useTranslations } from "../../i18n/translations.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useSession } from "../session/session-context.tsx";
import { GroupAvailability } from "./group-availability.tsx";

/** The availability of all devices that the user reaches. */
export function AvailabilityPage() {
  const { t } = useTranslations();
  const { organization } = useSession();
  return (
    <SettingsPage title={t("availability.title")} intro={t("availability.intro")}>
      <GroupAvailability name={organization.name ?? t("availability.title")} />
    </SettingsPage>
  );
}
