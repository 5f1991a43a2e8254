import type { messagesEn } from "@muster/shared/i18n/messages.ts";
import "i18next";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "muster";
    resources: { muster: typeof messagesEn };
  }
}
