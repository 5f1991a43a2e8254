import { isLanguage, type Language } from "@muster/shared/i18n/languages.ts";
import { parseStored } from "../../agent/state/state-file.ts";
import type { FilePort } from "../../platform/ports.ts";

/** What this person chose about the tray. */
export type StoredTraySettings = {
  /** Null: as the system. */
  language: Language | null;
  /** Whether the tray has been here before, so that it neither greets nor chooses its place at login again. */
  hasGreeted: boolean;
};

const DEFAULTS: StoredTraySettings = { language: null, hasGreeted: false };

/** Settings in a file of the person's own; a damaged file counts as none. */
export async function openTraySettings(files: FilePort, file: string) {
  const stored = parseStored<StoredTraySettings>(
    await files.read(file),
    ({ language, hasGreeted }) =>
      (language === null || isLanguage(language)) && typeof hasGreeted === "boolean",
  );
  let settings = stored ?? DEFAULTS;
  return {
    current: () => settings,
    /** Stores the change before it counts. */
    async change(change: Partial<StoredTraySettings>): Promise<void> {
      const changed = { ...settings, ...change };
      await files.replace(file, `${JSON.stringify(changed)}\n`, { sync: false });
      settings = changed;
    },
  };
}

export type TraySettingsStore = Awaited<ReturnType<typeof openTraySettings>>;
