import type { AlarmCatalogTexts } from "../alarms/alarm-type-texts.ts";
import { withFrenchSpacing } from "./french-spacing.ts";
import type { Language } from "./languages.ts";

/** Reads the texts of all types of alarm rules in a language; none for English, whose texts are the definitions' own. */
export async function loadAlarmTypeTexts(language: Language): Promise<AlarmCatalogTexts | undefined> {
  switch (language) {
    case "en":
      return undefined;
    case "fr":
      return withFrenchSpacing((await import("./fr/alarm-types.messages.ts")).alarmTypesFr);
    case "es":
      return (await import("./es/alarm-types.messages.ts")).alarmTypesEs;
    case "ru":
      return (await import("./ru/alarm-types.messages.ts")).alarmTypesRu;
    case "de":
      return (await import("./de/alarm-types.messages.ts")).alarmTypesDe;
  }
}
