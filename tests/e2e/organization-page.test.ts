import { Organization } from "@muster/shared/contracts/identity.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";

let world: DashboardWorld;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startDashboard();
  browser = await launchChromium();
  page = await browser.newPage({ locale: "en-US", viewport: { width: 1440, height: 900 } });
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

async function longestPauseS(): Promise<number | null> {
  const answer = await fetch(`${world.url}/api/v1/organization`, {
    headers: { authorization: `Bearer ${world.key}` },
  });
  return Organization.parse(await answer.json()).longestPauseS;
}

test("limits how long a person may pause their machine, forbids it, and allows it again", async () => {
  await page.goto(`${world.url}/settings/organization`);
  const pause = page.getByRole("combobox", { name: "Pause by the person at the machine" });
  const choose = async (words: string) => {
    await pause.click();
    await page.getByRole("option", { name: words }).click();
  };
  const save = () => page.getByRole("button", { name: "Save" }).click();

  expect(await pause.inputValue()).toBe("As long as they like");
  await choose("For a limited time");
  await page.getByLabel("Minutes that a pause may last at most").fill("90");
  await save();
  await expect.poll(longestPauseS).toBe(5400);

  await page.reload();
  expect(await page.getByLabel("Minutes that a pause may last at most").inputValue()).toBe("90");
  await choose("Not at all");
  await save();
  await expect.poll(longestPauseS).toBe(0);
  await choose("As long as they like");
  await save();
  await expect.poll(longestPauseS).toBeNull();
});
