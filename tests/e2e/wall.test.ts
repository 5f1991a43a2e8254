import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findViolations, PHONE, WIDE } from "../harness/accessibility.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

describe("the wall display", { timeout: 60_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let admin: Page;
  let wall: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
    admin = await (await browser.newContext({ locale: "en-US" })).newPage();
    await signIn(admin, world.url, EMAIL, PASSWORD);
    wall = await (await browser.newContext({ locale: "en-US" })).newPage();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  const reportAlarm = (text: string) =>
    admin.evaluate(async (given) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ key: given, text: given, severity: "critical" });
      await fetch("/api/v1/alarms", { method: "POST", headers, body });
    }, text);

  test("opens by the link of a key that only reads, which leaves the address bar", async () => {
    await admin.goto(`${world.url}/settings/keys`);
    await admin.getByRole("button", { name: "Create key" }).click();
    await admin.getByRole("dialog").getByLabel("Name").fill("Lobby");
    await admin.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
    const created = admin.getByRole("dialog", { name: "Key created" });
    const link = await created.locator("code").last().textContent();
    await created.getByRole("button", { name: "Close" }).last().click();
    await wall.goto(link ?? "");
    await wall.getByRole("heading", { level: 1, name: "Northwind" }).waitFor();
    await wall.getByText("No open alarms").waitFor();
    expect(wall.url()).toBe(`${world.url}/wall`);
    expect((await wall.context().cookies()).length).toBe(0);
  });

  test("shows a new alarm without a reload, and comes back after one", async () => {
    await reportAlarm("Backup failed");
    await wall.getByRole("listitem").filter({ hasText: "Backup failed" }).getByText("Nobody yet").waitFor();
    await wall.reload();
    await wall.getByText("Backup failed").waitFor();
    for (const size of [WIDE, PHONE]) expect(await findViolations(wall, { sizes: [size] })).toEqual([]);
  });

  test("says since when it has no answer, in place of the time", async () => {
    await wall.context().setOffline(true);
    await wall.getByRole("alert").filter({ hasText: "No answer since" }).waitFor();
    await wall.getByText("Backup failed").waitFor();
    await wall.context().setOffline(false);
    await wall.getByRole("alert").waitFor({ state: "detached" });
  });

  test("ends when the key is revoked", async () => {
    await admin
      .getByRole("row", { name: "Lobby" })
      .getByRole("button", { name: /Revoke/ })
      .click();
    await admin.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await wall.getByRole("heading", { name: "This link no longer works" }).waitFor();
    expect(await wall.getByText("Backup failed").count()).toBe(0);
    await wall.getByRole("button", { name: "Sign in" }).click();
    await wall.waitForURL(/\/login\?next=%2Fwall/);
  });
});
