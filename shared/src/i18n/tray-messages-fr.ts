import { trayAskFr } from "./fr/tray-ask.messages.ts";
import { trayFrameFr } from "./fr/tray-frame.messages.ts";
import { trayReadingFr } from "./fr/tray-reading.messages.ts";
import { trayRecordFr } from "./fr/tray-record.messages.ts";
import { traySetupFr } from "./fr/tray-setup.messages.ts";
import { trayStatusFr } from "./fr/tray-status.messages.ts";
import { trayFr } from "./fr/tray.messages.ts";
import type { Translation } from "./translation.ts";
import type { trayMessagesEn } from "./tray-messages.ts";

export const trayMessagesFr: Translation<typeof trayMessagesEn, "many"> = {
  tray: trayFr,
  windows: {
    ...trayFrameFr,
    ...trayStatusFr,
    ...trayReadingFr,
    ...trayRecordFr,
    ...traySetupFr,
    ...trayAskFr,
  },
};
