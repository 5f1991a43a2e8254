import type { Notification as ElectronNotification, NotificationConstructorOptions } from "electron";
import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import { escapeMarkup } from "../../platform/linux/notification-bus.ts";
import { truncateText, singleLine } from "../model/label-text.ts";

/** The events of a notification. */
export type NotificationEvents = {
  shown: () => void;
  /** The system did not show it. */
  failed: () => void;
  clicked: () => void;
  /** A button was pressed; `index` starts at 0. Not on Linux, which shows no buttons. */
  pressed: (index: number) => void;
};

export type Notifier = { show(note: NotificationContent, events: Partial<NotificationEvents>): void };

export type NotificationContent = {
  title: string;
  text: string;
  urgency: InboxMessage["urgency"];
  buttons: readonly string[];
};

type Deps = { Notification: typeof ElectronNotification; family: OsFamily; icon: string };

const MAX_TITLE_LENGTH = 120;
const MAX_BODY_LENGTH = 1000;
const URGENCIES = { low: "low", normal: "normal", urgent: "critical" } as const;

/** Shows system notifications. References are kept until they are closed, as Electron drops events of collected ones. */
export function createNotifier({ Notification, family, icon }: Deps): Notifier {
  const openNotifications = new Set<ElectronNotification>();

  function optionsOf({ title, text, urgency, buttons }: NotificationContent): NotificationConstructorOptions {
    const body = truncateText(text, MAX_BODY_LENGTH);
    return {
      title: singleLine(title, MAX_TITLE_LENGTH),
      // Desktops on Linux read the body as markup.
      body: family === "linux" ? escapeMarkup(body) : body,
      icon: family === "macos" ? undefined : icon,
      urgency: URGENCIES[urgency],
      timeoutType: urgency === "urgent" || buttons.length > 0 ? "never" : "default",
      actions: family === "linux" ? [] : buttons.map((button) => ({ type: "button", text: button })),
    };
  }

  return {
    show(note, events) {
      if (!Notification.isSupported()) return events.failed?.();
      const notification = new Notification(optionsOf(note));
      const release = () => void openNotifications.delete(notification);
      openNotifications.add(notification);
      notification.once("show", () => events.shown?.());
      notification.on("click", () => events.clicked?.());
      notification.on("action", ({ actionIndex }) => events.pressed?.(actionIndex));
      notification.once("close", release);
      notification.once("failed", () => {
        release();
        events.failed?.();
      });
      notification.show();
    },
  };
}
