import { isLanguage, type Language } from "@muster/shared/i18n/languages.ts";
import { parseStored } from "../../agent/state/state-file.ts";
import type { FilePort } from "../../platform/ports.ts";

/** The user's settings of the tray. */
type StoredTraySettings = {
  /** Null: the system's language. */
  language: Language | null;
  /** Whether the tray was started before, so that the first-start steps are not repeated. */
  hasGreeted: boolean;
};

const DEFAULTS: StoredTraySettings = { language: null, hasGreeted: false };

/** Settings in a file of the user; a damaged file counts as missing. */
export async function openTraySettings(files: FilePort, file: string) {
  const stored = parseStored<StoredTraySettings>(
    await files.read(file),
    ({ language, hasGreeted }) =>
      (language === null || isLanguage(language)) && typeof hasGreeted === "boolean",
  );
  let settings = stored ?? DEFAULTS;
  return {
    current: () => settings,
    /** Writes the change to the file, then applies it. */
    async change(change: Partial<StoredTraySettings>): Promise<void> {
      const changed = { ...settings, ...change };
      await files.replace(file, `${JSON.stringify(changed)}\n`, { sync: false });
      settings = changed;
    },
  };
}

export type TraySettingsStore = Awaited<ReturnType<typeof openTraySettings>>;
