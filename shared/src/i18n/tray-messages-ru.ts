import { trayAskRu } from "./ru/tray-ask.messages.ts";
import { trayFrameRu } from "./ru/tray-frame.messages.ts";
import { trayReadingRu } from "./ru/tray-reading.messages.ts";
import { trayRecordRu } from "./ru/tray-record.messages.ts";
import { traySetupRu } from "./ru/tray-setup.messages.ts";
import { trayStatusRu } from "./ru/tray-status.messages.ts";
import { trayRu } from "./ru/tray.messages.ts";
import type { Translation } from "./translation.ts";
import type { trayMessagesEn } from "./tray-messages.ts";

export const trayMessagesRu: Translation<typeof trayMessagesEn, "few" | "many"> = {
  tray: trayRu,
  windows: {
    ...trayFrameRu,
    ...trayStatusRu,
    ...trayReadingRu,
    ...trayRecordRu,
    ...traySetupRu,
    ...trayAskRu,
  },
};
