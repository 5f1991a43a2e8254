import { LANGUAGE_CODES, LANGUAGES, loadMessages } from "@muster/shared/i18n/languages.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { reportAlarm } from "../harness/report-alarm.ts";
import { signIn } from "../harness/sign-in.ts";

const PHONE = { width: 360, height: 780 };

describe("languages of the dashboard", () => {
  let world: DashboardWorld;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
  let deviceId: string;
  let alarmId: string;

  beforeAll(async () => {
    world = await startDashboard();
    browser = await launchChromium();
    const device = await world.addDevice({ hostname: "workstation-north-1" });
    await device.report({ samples: [{ at: Date.now(), cpu: 97, memory: 96, disk: 98 }] });
    deviceId = device.id;
    alarmId = await reportAlarm(world, { text: "Backup failed", severity: "critical", deviceId });
    const context = await browser.newContext({ locale: "en-US" });
    await signIn(await context.newPage(), world.url, EMAIL, PASSWORD);
    signedIn = await context.storageState();
    await context.close();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  async function openPage(locale: string): Promise<Page> {
    const context = await browser.newContext({ locale, storageState: signedIn, viewport: PHONE });
    return context.newPage();
  }

  test.each(LANGUAGE_CODES)(
    "is shown in %s if the browser prefers it, and fits a phone",
    async (language) => {
      const texts = await loadMessages(language);
      const {
        fleet,
        alarmPages,
        actions,
        alarmRules,
        availability,
        customers,
        settings,
        downloads,
        statusPage,
      } = texts;
      const page = await openPage(language);
      const headings: [route: string, heading: string][] = [
        ["/", fleet.title],
        [`/devices/${deviceId}`, "workstation-north-1"],
        ["/alarms", alarmPages.title],
        [`/alarms/${alarmId}`, "Backup failed"],
        [`/devices/${deviceId}?tab=alarms`, "workstation-north-1"],
        ["/actions", actions.title],
        ["/availability", availability.title],
        ["/customers", customers.title],
        ["/maintenance", texts.maintenance.title],
        ["/silences", texts.silences.title],
        ["/settings/channels", texts.channels.title],
        ["/settings/notifications", texts.policies.title],
        ["/settings/deliveries", texts.deliveries.title],
        ["/settings/organization", settings.organization.title],
        ["/settings/alarm-rules", alarmRules.title],
        ["/settings/alarm-rules/new", alarmRules.add],
        ["/settings/keys", settings.keys.title],
        ["/settings/tokens", settings.tokens.title],
        ["/settings/users", settings.users.title],
        ["/settings/status-page", statusPage.title],
        ["/settings/downloads", downloads.title],
        ["/settings/audit", settings.audit.title],
      ];
      for (const [route, heading] of headings) {
        await page.goto(world.url + route);
        await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
        const { lang, isWider } = await page.evaluate(() => ({
          lang: document.documentElement.lang,
          isWider: [...document.querySelectorAll("html, main")].some(
            (box) => box.scrollWidth > box.clientWidth,
          ),
        }));
        expect([route, lang, isWider]).toEqual([route, language, false]);
      }
      await page.context().close();
    },
  );

  test("switches to another language as soon as it is chosen, and keeps it after a reload", async () => {
    const german = await loadMessages("de");
    const page = await openPage("en-US");
    await page.goto(world.url);
    await page.getByRole("button", { name: "Menu of Olive" }).click();
    const offered = await page.getByRole("menuitemradio").allTextContents();
    expect(offered).toEqual(expect.arrayContaining(Object.values(LANGUAGES)));
    await page.getByRole("menuitemradio", { name: LANGUAGES.de }).click();
    const heading = page.getByRole("heading", { level: 1, name: german.fleet.title });
    await heading.waitFor();
    await page.reload();
    await heading.waitFor();
    expect(await page.title()).toContain(`${german.fleet.title} · Muster`);
    await page.context().close();
  });
});
