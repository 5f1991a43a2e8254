import { Popover, Switch, UnstyledButton } from "@mantine/core";
import { Bell, BellRing } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import choiceMenuClasses from "../../ui/choice-menu.module.css";
import { useBrowserNotifications } from "./use-browser-notifications.ts";

/** Switches notifications of the browser on and off, and says why they are not possible. */
export function BrowserNotificationSwitch() {
  const { t } = useTranslations();
  const { isOn, support, change } = useBrowserNotifications();
  const Icon = isOn ? BellRing : Bell;
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={320}>
      <Popover.Target>
        <UnstyledButton className={choiceMenuClasses.button} data-chosen={isOn || undefined}>
          <Icon size={16} aria-hidden="true" />
          {t("alarmPages.page.deliveries")}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("alarmPages.page.deliveries")}>
        <Switch
          label={t("alarmPages.browser.label")}
          description={t(
            support === "possible" ? "alarmPages.browser.hint" : `alarmPages.browser.${support}`,
          )}
          disabled={support !== "possible"}
          checked={isOn}
          onChange={({ currentTarget }) => void change(currentTarget.checked)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
