import type { Notification as ElectronNotification, NotificationConstructorOptions } from "electron";
import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import { escapeMarkup } from "../../platform/linux/notification-bus.ts";
import { cutText, plainLabel } from "../model/plain-label.ts";

/** What became of a notification. */
export type NotificationEvents = {
  shown: () => void;
  /** The system did not take it. */
  failed: () => void;
  clicked: () => void;
  /** A button was pressed, counted from 0. Linux has none. */
  pressed: (index: number) => void;
};

export type Notifier = { show(note: Note, events: Partial<NotificationEvents>): void };

export type Note = {
  title: string;
  text: string;
  urgency: InboxMessage["urgency"];
  buttons: readonly string[];
};

type Deps = { Notification: typeof ElectronNotification; family: OsFamily; icon: string };

const LONGEST_TITLE = 120;
const LONGEST_TEXT = 1000;
const URGENCIES = { low: "low", normal: "normal", urgent: "critical" } as const;

/** Shows notifications of the system. They are kept until they are closed: Electron forgets one that nobody holds. */
export function createNotifier({ Notification, family, icon }: Deps): Notifier {
  const kept = new Set<ElectronNotification>();

  function optionsOf({ title, text, urgency, buttons }: Note): NotificationConstructorOptions {
    const body = cutText(text, LONGEST_TEXT);
    return {
      title: plainLabel(title, LONGEST_TITLE),
      // The body is markup for the desktops of Linux.
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
      const forget = () => void kept.delete(notification);
      kept.add(notification);
      notification.once("show", () => events.shown?.());
      notification.on("click", () => events.clicked?.());
      notification.on("action", ({ actionIndex }) => events.pressed?.(actionIndex));
      notification.once("close", forget);
      notification.once("failed", () => {
        forget();
        events.failed?.();
      });
      notification.show();
    },
  };
}
