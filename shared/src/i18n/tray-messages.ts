import { trayWindowsEn } from "./en/tray-windows.messages.ts";
import { trayEn } from "./en/tray.messages.ts";
import type { Translation } from "./translation.ts";

/** The tray's texts, apart from the dashboard's, so that a window of it loads nothing else. English gives the keys. */
export const trayMessagesEn = { tray: trayEn, windows: trayWindowsEn } as const;

export type TrayMessages = Translation<typeof trayMessagesEn>;
