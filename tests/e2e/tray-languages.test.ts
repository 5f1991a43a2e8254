import { LANGUAGE_CODES } from "@muster/shared/i18n/languages.ts";
import { loadTrayMessages } from "@muster/shared/i18n/tray-languages.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningApp } from "../harness/electron/start-app.ts";
import { makePersonMachine, type PersonMachine } from "../harness/person-machine.ts";
import { startTrayEnvironment, type TrayEnvironment } from "../harness/tray-environment.ts";

describe("languages of the tray", { timeout: 120_000 }, () => {
  let environment: TrayEnvironment;
  let machine: PersonMachine;

  beforeAll(async () => {
    [environment, machine] = await Promise.all([startTrayEnvironment(), makePersonMachine()]);
  }, 180_000);
  afterAll(async () => {
    await environment?.remove();
    await machine?.remove();
  });

  async function open(tray: RunningApp, label: string, window: string): Promise<Page> {
    await tray.ask("click-menu", [label]);
    return tray.window(`${window}.html`);
  }

  test.each(LANGUAGE_CODES)("%s is used if the system prefers it, and fits the windows", async (language) => {
    const { tray: words, windows } = await loadTrayMessages(language);
    const tray = await environment.startTray(machine, {
      setting: { languages: [language], home: `${machine.folder}/home-${language}` },
    });
    const opened: [title: string, page: Page][] = [
      [windows.title.setup, await tray.window("setup.html")],
      [windows.title.status, await open(tray, words.menu.open, "status")],
      [windows.title.record, await open(tray, words.menu.record, "record")],
      [windows.title.log, await open(tray, words.menu.log, "log")],
      [windows.title.messages, await open(tray, words.menu.messages, "messages")],
    ];
    for (const [title, page] of opened) {
      await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
      const { lang, isWider } = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        isWider: [...document.querySelectorAll("html, main")].some(
          (box) => box.scrollWidth > box.clientWidth,
        ),
      }));
      expect([title, lang, isWider]).toEqual([title, language, false]);
    }
    expect(tray.tray().menu.map(({ label }) => label)).toContain(words.menu.quit);
    expect(await tray.quit()).toBe(0);
  });
});
