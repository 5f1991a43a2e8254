import { notificationsDe } from "./de/notifications.messages.ts";
import { notificationsEn } from "./en/notifications.messages.ts";
import { notificationsEs } from "./es/notifications.messages.ts";
import { notificationsFr } from "./fr/notifications.messages.ts";
import { withFrenchSpacing } from "./french-spacing.ts";
import type { Language } from "./languages.ts";
import { notificationsRu } from "./ru/notifications.messages.ts";
import type { Translation } from "./translation.ts";

export type NotificationTexts = Translation<typeof notificationsEn>;

/** The texts of messages about alarms. The server sends them in several languages at a time, so all are loaded. */
export const NOTIFICATION_TEXTS: Readonly<Record<Language, NotificationTexts>> = {
  en: notificationsEn,
  fr: withFrenchSpacing(notificationsFr),
  es: notificationsEs,
  ru: notificationsRu,
  de: notificationsDe,
};

/** Puts values into a text: `{{name}}` becomes `values.name`. */
export function fillText(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => String(values[key] ?? whole));
}
