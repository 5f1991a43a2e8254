import type { trayMessagesEn } from "@muster/shared/i18n/tray-messages.ts";
import "i18next";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "muster";
    resources: { muster: typeof trayMessagesEn };
  }
}
