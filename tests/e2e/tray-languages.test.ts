import { type Language, LANGUAGE_CODES } from "@muster/shared/i18n/languages.ts";
import { loadTrayMessages } from "@muster/shared/i18n/tray-languages.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { RunningApp } from "../harness/electron/start-app.ts";
import { obstacleToTray } from "../harness/installation.ts";
import { makeUserMachine, type UserMachine } from "../harness/user-machine.ts";
import { startTrayEnvironment, type TrayEnvironment } from "../harness/tray-environment.ts";

const OPENED = ["setup", "status", "record", "log", "messages", "ask"] as const;
type OpenedWindow = (typeof OPENED)[number];
/** `npm run test:screens` starts a tray in each language; chosen is every language in both. */
const OF_SYSTEM: readonly Language[] = inject("isFullRun") ? LANGUAGE_CODES : ["ru"];

const obstacle = obstacleToTray();
const title = `languages of the tray${obstacle === null ? "" : ` (skipped: ${obstacle})`}`;

describe.skipIf(obstacle !== null)(title, { timeout: 120_000 }, () => {
  let environment: TrayEnvironment;
  let machine: UserMachine;

  beforeAll(async () => {
    [environment, machine] = await Promise.all([startTrayEnvironment(), makeUserMachine()]);
  }, 180_000);
  afterAll(async () => {
    await environment?.remove();
    await machine?.remove();
  });

  async function open(tray: RunningApp, label: string, window: string): Promise<Page> {
    await tray.ask("click-menu", [label]);
    return tray.window(`${window}.html`);
  }

  /** Whether each window has its title in this language, and no line that is wider than the window. */
  async function check(pages: Readonly<Record<OpenedWindow, Page>>, language: Language): Promise<void> {
    const { windows } = await loadTrayMessages(language);
    for (const name of OPENED) {
      const page = pages[name];
      const heading = windows.title[name];
      await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
      await page.locator(`html[lang="${language}"]`).waitFor({ state: "attached" });
      const isWider = await page.evaluate(() =>
        [...document.querySelectorAll("html, main")].some((box) => box.scrollWidth > box.clientWidth),
      );
      expect([heading, language, isWider]).toEqual([heading, language, false]);
    }
  }

  test.each(OF_SYSTEM)(
    "%s is used if the system prefers it, then each that is chosen, and all fit the windows",
    async (preferred) => {
      const { tray: words } = await loadTrayMessages(preferred);
      const tray = await environment.startTray(machine, {
        setting: { languages: [preferred], home: `${machine.folder}/home-${preferred}` },
      });
      const pages = {
        setup: await tray.window("setup.html"),
        status: await open(tray, words.menu.open, "status"),
        record: await open(tray, words.menu.record, "record"),
        log: await open(tray, words.menu.log, "log"),
        messages: await open(tray, words.menu.messages, "messages"),
        ask: await open(tray, words.menu.ask, "ask"),
      };
      await check(pages, preferred);
      expect(tray.tray().menu.map(({ label }) => label)).toContain(words.menu.quit);
      for (const chosen of LANGUAGE_CODES.filter((language) => language !== preferred)) {
        await tray.sendFrom("setup.html", "set-language", [chosen]);
        await check(pages, chosen);
        const { quit } = (await loadTrayMessages(chosen)).tray.menu;
        await tray.until(() => tray.tray().menu.some(({ label }) => label === quit));
      }
      expect(await tray.quit()).toBe(0);
    },
  );
});
