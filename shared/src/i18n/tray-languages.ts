import { withFrenchSpacing } from "./french-spacing.ts";
import type { Language } from "./languages.ts";
import type { TrayMessages } from "./tray-messages.ts";

/** Reads the tray's texts in the language that is asked for, and no other. */
export async function loadTrayMessages(language: Language): Promise<TrayMessages> {
  switch (language) {
    case "en":
      return (await import("./tray-messages.ts")).trayMessagesEn;
    case "fr":
      return withFrenchSpacing((await import("./tray-messages-fr.ts")).trayMessagesFr);
    case "es":
      return (await import("./tray-messages-es.ts")).trayMessagesEs;
    case "ru":
      return (await import("./tray-messages-ru.ts")).trayMessagesRu;
    case "de":
      return (await import("./tray-messages-de.ts")).trayMessagesDe;
  }
}
