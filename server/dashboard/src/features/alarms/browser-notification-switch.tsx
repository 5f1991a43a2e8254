import { Button, Popover, Switch, UnstyledButton } from "@mantine/core";
import { Bell, BellRing } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import choiceMenuClasses from "../../ui/choice-menu.module.css";
import { PushDialog } from "../push/push-dialog.tsx";
import { useBrowserNotifications } from "./use-browser-notifications.ts";

/** Switches notifications of the browser on and off, and says why they are not possible. */
export function BrowserNotificationSwitch() {
  const { t } = useTranslations();
  const { isOn, hasPush, support, change } = useBrowserNotifications();
  const [isOpen, setOpen] = useState(false);
  const [hasDialog, setDialog] = useState(false);
  const isTold = isOn || hasPush;
  const Icon = isTold ? BellRing : Bell;
  const hint = hasPush ? "hasPush" : support === "possible" ? "hint" : support;
  return (
    <>
      <Popover position="bottom-end" trapFocus returnFocus width={320} opened={isOpen} onChange={setOpen}>
        <Popover.Target>
          <UnstyledButton
            className={choiceMenuClasses.button}
            data-chosen={isTold || undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon size={16} aria-hidden="true" />
            {t("alarmPages.page.deliveries")}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("alarmPages.page.deliveries")}>
          <Switch
            label={t("alarmPages.browser.label")}
            description={t(`alarmPages.browser.${hint}`)}
            disabled={support !== "possible" || hasPush}
            checked={isOn}
            onChange={({ currentTarget }) => void change(currentTarget.checked)}
          />
          <Button
            mt={12}
            variant="default"
            fullWidth
            onClick={() => {
              setOpen(false);
              setDialog(true);
            }}
          >
            {t("push.title")}
          </Button>
        </Popover.Dropdown>
      </Popover>
      {hasDialog && <PushDialog onClose={() => setDialog(false)} />}
    </>
  );
}
