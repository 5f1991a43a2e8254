import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findViolations, PHONE, WIDE } from "../harness/accessibility.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";
import { addVariedFleet } from "../harness/varied-fleet.ts";

describe("the status page", { timeout: 60_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
    await addVariedFleet(world);
    page = await (await browser.newContext({ locale: "en-US" })).newPage();
    await signIn(page, world.url, EMAIL, PASSWORD);
    await page.goto(`${world.url}/settings/status-page`);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  test("is published with what an administrator enters, and read by a visitor who is not signed in", async () => {
    await page.getByRole("switch", { name: "Publish the page" }).check();
    await page.getByLabel("Title").fill("Acme status");
    await page.getByRole("button", { name: "Add component" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Enter a name.").waitFor();
    await page.getByLabel("Name for visitors").fill("Website");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The page is published.").waitFor();
    await page.getByRole("button", { name: "Publish incident" }).click();
    await page.getByLabel("What is wrong").fill("The shop is slow");
    await page.getByRole("dialog").getByLabel("Components").first().click();
    await page.getByRole("option", { name: "Website" }).click();
    await page.getByLabel("Text for visitors").fill("Orders take longer than usual.");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("heading", { name: "The shop is slow" }).waitFor();

    const visitor = await openAsVisitor();
    await visitor.getByRole("heading", { level: 1, name: "Acme status" }).waitFor();
    await visitor.getByRole("status").getByText("Some services are impaired").waitFor();
    expect(await visitor.getByRole("listitem").first().innerText()).toContain("Website");
    expect(await visitor.getByText("Orders take longer than usual.").count()).toBe(1);
    expect(await visitor.locator("body").innerText()).not.toContain("workstation-north-1");
    for (const size of [WIDE, PHONE]) {
      expect(await findViolations(visitor, { sizes: [size] })).toEqual([]);
      expect(await visitor.evaluate(() => document.body.scrollWidth > innerWidth)).toBe(false);
    }
    await visitor.context().close();
  });

  test("is gone as soon as it gets a new address or is switched off", async () => {
    const link = page.getByRole("link", { name: /\/status\// });
    const former = await link.getAttribute("href");
    await page.getByRole("button", { name: "New address" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "New address" }).click();
    await page.getByText("The page has a new address.").waitFor();
    expect((await page.request.get(former ?? "")).status()).toBe(404);
    const current = (await link.getAttribute("href")) ?? "";
    expect((await page.request.get(current)).status()).toBe(200);
    await page.getByRole("switch", { name: "Publish the page" }).uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. The page is switched off.").waitFor();
    expect((await page.request.get(current)).status()).toBe(404);
  });

  async function openAsVisitor(): Promise<Page> {
    const address = await page.getByRole("link", { name: /\/status\// }).getAttribute("href");
    const visitor = await (await browser.newContext({ locale: "en-US" })).newPage();
    await visitor.goto(address ?? "");
    return visitor;
  }
});
