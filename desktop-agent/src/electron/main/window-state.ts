import { chooseLanguage, type Language } from "@muster/shared/i18n/languages.ts";
import { regionalLanguage } from "@muster/shared/i18n/regional.ts";
import type { TraySettings, WindowState } from "../ipc-contract.ts";
import { createWords, type TrayWords } from "../model/words.ts";
import type { AgentLink } from "./agent-link.ts";
import type { OpenAtLogin } from "./open-at-login.ts";
import type { TraySettingsStore } from "./tray-settings.ts";

type Deps = {
  link: Pick<AgentLink, "agent" | "role">;
  settings: TraySettingsStore;
  openAtLogin: OpenAtLogin;
  canChangeOpensAtLogin: boolean;
  areSecretsSealed: boolean;
  /** The person's languages, best first, as BCP 47 tags. */
  preferredLanguages: readonly string[];
};

/** What windows and tray are drawn from: the agent, this person's settings, and the words for both. */
export type WindowStates = {
  current(): WindowState;
  words(): TrayWords;
  setLanguage(language: Language | null): Promise<void>;
  setOpensAtLogin(opens: boolean): Promise<void>;
};

export async function createWindowStates(deps: Deps): Promise<WindowStates> {
  const { link, settings, openAtLogin, preferredLanguages } = deps;
  let opensAtLogin = await openAtLogin.read();
  let language: Language;
  let locale: string;
  let words: TrayWords;

  async function speak(): Promise<void> {
    language = settings.current().language ?? chooseLanguage(preferredLanguages);
    locale = regionalLanguage(language, preferredLanguages);
    words = await createWords(language, locale);
  }
  await speak();

  function traySettings(): TraySettings {
    const isOwn = link.role() === "own-engine";
    return {
      language: settings.current().language,
      opensAtLogin,
      canChangeOpensAtLogin: deps.canChangeOpensAtLogin,
      secretsKept: !isOwn ? "by-service" : deps.areSecretsSealed ? "key-store" : "private-file",
    };
  }

  return {
    current: () => ({
      view: link.agent()?.view() ?? null,
      role: link.role(),
      language,
      locale,
      settings: traySettings(),
    }),
    words: () => words,
    async setLanguage(chosen) {
      await settings.change({ language: chosen });
      await speak();
    },
    async setOpensAtLogin(opens) {
      await openAtLogin.write(opens);
      opensAtLogin = await openAtLogin.read();
    },
  };
}
