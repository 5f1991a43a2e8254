import { chooseLanguage, type Language } from "@muster/shared/i18n/languages.ts";
import { regionalLanguage } from "@muster/shared/i18n/regional.ts";
import type { TraySettings, WindowState } from "../ipc-contract.ts";
import { createTranslations, type TrayTranslations } from "../model/translations.ts";
import type { AgentConnection } from "./agent-connection.ts";
import type { OpenAtLogin } from "./open-at-login.ts";
import type { TraySettingsStore } from "./tray-settings.ts";

type Deps = {
  connection: Pick<AgentConnection, "agent" | "role">;
  settings: TraySettingsStore;
  openAtLogin: OpenAtLogin;
  canChangeOpensAtLogin: boolean;
  areSecretsSealed: boolean;
  /** The user's languages as BCP 47 tags, preferred first. */
  preferredLanguages: readonly string[];
};

/** The state that windows and tray show: the agent's view, the user's settings, and the translations. */
export type WindowStateStore = {
  current(): WindowState;
  translations(): TrayTranslations;
  setLanguage(language: Language | null): Promise<void>;
  setOpensAtLogin(opens: boolean): Promise<void>;
};

export async function createWindowStateStore(deps: Deps): Promise<WindowStateStore> {
  const { connection, settings, openAtLogin, preferredLanguages } = deps;
  let opensAtLogin = await openAtLogin.read();
  let language: Language;
  let locale: string;
  let translations: TrayTranslations;

  async function loadTranslations(): Promise<void> {
    language = settings.current().language ?? chooseLanguage(preferredLanguages);
    locale = regionalLanguage(language, preferredLanguages);
    translations = await createTranslations(language, locale);
  }
  await loadTranslations();

  function traySettings(): TraySettings {
    const isOwn = connection.role() === "embedded-engine";
    return {
      language: settings.current().language,
      opensAtLogin,
      canChangeOpensAtLogin: deps.canChangeOpensAtLogin,
      secretsKept: !isOwn ? "by-service" : deps.areSecretsSealed ? "key-store" : "private-file",
    };
  }

  return {
    current: () => ({
      view: connection.agent()?.view() ?? null,
      role: connection.role(),
      language,
      locale,
      settings: traySettings(),
    }),
    translations: () => translations,
    async setLanguage(chosen) {
      await settings.change({ language: chosen });
      await loadTranslations();
    },
    async setOpensAtLogin(opens) {
      await openAtLogin.write(opens);
      opensAtLogin = await openAtLogin.read();
    },
  };
}
