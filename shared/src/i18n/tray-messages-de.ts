import { trayAskDe } from "./de/tray-ask.messages.ts";
import { trayFrameDe } from "./de/tray-frame.messages.ts";
import { trayReadingDe } from "./de/tray-reading.messages.ts";
import { trayRecordDe } from "./de/tray-record.messages.ts";
import { traySetupDe } from "./de/tray-setup.messages.ts";
import { trayStatusDe } from "./de/tray-status.messages.ts";
import { trayDe } from "./de/tray.messages.ts";
import type { Translation } from "./translation.ts";
import type { trayMessagesEn } from "./tray-messages.ts";

export const trayMessagesDe: Translation<typeof trayMessagesEn> = {
  tray: trayDe,
  windows: {
    ...trayFrameDe,
    ...trayStatusDe,
    ...trayReadingDe,
    ...trayRecordDe,
    ...traySetupDe,
    ...trayAskDe,
  },
};
