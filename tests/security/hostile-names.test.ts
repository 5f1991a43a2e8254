import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { type PageErrors, watchPage } from "../harness/watch-page.ts";

const RIGHT_TO_LEFT = "\u202e";
const NAMES = [
  ["markup", "<img src=x onerror=alert(document.domain)>"],
  ["a script", "</script><script>alert(1)</script>"],
  ["an entity and an expression", "&lt;b&gt;{{constructor.constructor('alert(1)')()}}${alert(1)}"],
  ["text that runs from right to left", `${RIGHT_TO_LEFT}txt.exe שלום مرحبا`],
  ["255 characters", `long-${"ẞ".repeat(250)}`],
] as const;

let world: DashboardWorld;
let browser: Browser;
let page: Page;
let pageErrors: PageErrors;

beforeAll(async () => {
  world = await startDashboard();
  browser = await launchChromium();
  page = await browser.newPage({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  pageErrors = await watchPage(page);
  await page.goto(`${world.url}/login`);
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Fleet" }).waitFor();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.remove();
});

it.each(NAMES)("shows a device whose name is %s as text", async (_name, hostname) => {
  const device = await world.addDevice({ hostname });
  await device.report();
  await page.goto(world.url);
  // What turns the direction of text around is not shown, so that no name can look like another.
  const shown = hostname.replace(RIGHT_TO_LEFT, "").trim();
  const row = page.locator(`#device-${device.id}`);
  await row.waitFor();
  expect(await row.locator("bdi").first().innerText()).toBe(shown);
  await row.getByRole("link", { name: shown, exact: true }).click();
  await page.getByRole("heading", { name: shown, exact: true }).waitFor();
  expect(page.url()).toBe(`${world.url}/devices/${device.id}`);
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  expect(pageErrors).toEqual([]);
});
