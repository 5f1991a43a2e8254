import { trayAskEn } from "./tray-ask.messages.ts";
import { trayFrameEn } from "./tray-frame.messages.ts";
import { trayReadingEn } from "./tray-reading.messages.ts";
import { trayRecordEn } from "./tray-record.messages.ts";
import { traySetupEn } from "./tray-setup.messages.ts";
import { trayStatusEn } from "./tray-status.messages.ts";

/** The tray's windows, for the person whose machine it is: plain words, and no knowledge of how Muster works. */
export const trayWindowsEn = {
  ...trayFrameEn,
  ...trayStatusEn,
  ...trayReadingEn,
  ...trayRecordEn,
  ...traySetupEn,
  ...trayAskEn,
} as const;
