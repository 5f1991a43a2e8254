import { trayAskEs } from "./es/tray-ask.messages.ts";
import { trayFrameEs } from "./es/tray-frame.messages.ts";
import { trayReadingEs } from "./es/tray-reading.messages.ts";
import { trayRecordEs } from "./es/tray-record.messages.ts";
import { traySetupEs } from "./es/tray-setup.messages.ts";
import { trayStatusEs } from "./es/tray-status.messages.ts";
import { trayEs } from "./es/tray.messages.ts";
import type { Translation } from "./translation.ts";
import type { trayMessagesEn } from "./tray-messages.ts";

export const trayMessagesEs: Translation<typeof trayMessagesEn, "many"> = {
  tray: trayEs,
  windows: {
    ...trayFrameEs,
    ...trayStatusEs,
    ...trayReadingEs,
    ...trayRecordEs,
    ...traySetupEs,
    ...trayAskEs,
  },
};
