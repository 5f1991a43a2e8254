import { useWords } from "../../i18n/words.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { ActionList } from "./action-list.tsx";

/** Every action of the organization. */
export function ActionsPage() {
  const { t } = useWords();
  return (
    <SettingsPage title={t("actions.title")} intro={t("actions.intro")}>
      <ActionList />
    </SettingsPage>
  );
}
