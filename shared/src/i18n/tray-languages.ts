import type { Language } from "./languages.ts";
import { type TrayMessages, trayMessagesEn } from "./tray-messages.ts";

/** The languages that the tray is translated into; each reads its own texts only. */
const LOADERS: { readonly [Each in Language]?: () => Promise<TrayMessages> } = {};

/** The tray's texts in `language`, in English where the tray does not speak it yet. */
export async function loadTrayMessages(language: Language): Promise<TrayMessages> {
  return (await LOADERS[language]?.()) ?? trayMessagesEn;
}
