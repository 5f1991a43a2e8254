import { randomUUID } from "node:crypto";
import type { DeviceSupport } from "@muster/shared/contracts/device-support.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { findViolations, PHONE, WIDE } from "../harness/accessibility.ts";
import { launchChromium } from "../harness/chromium.ts";
import {
  type DashboardWorld,
  EMAIL,
  PASSWORD,
  type ScriptedDevice,
  startDashboard,
} from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

const HOSTILE = "<img src=x onerror=hit()> My printer is on fire";
const makeId = createUuidV7Factory(Date.now);

describe("help requests in the dashboard", { timeout: 60_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let page: Page;
  let device: ScriptedDevice;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
    device = await world.addDevice({ hostname: `desk-${randomUUID().slice(0, 4)}` });
    page = await (await browser.newContext({ locale: "en-US" })).newPage();
    await signIn(page, world.url, EMAIL, PASSWORD);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  async function ask(bearer: string, method: string, path: string, body?: unknown) {
    const answer = await fetch(`${world.url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  }
  const support = (): Promise<DeviceSupport> => ask(device.bearer, "GET", "/agent/support");

  test("show the contact that an administrator enters to the devices", async () => {
    await page.goto(`${world.url}/settings/organization`);
    await page.getByLabel("IT contact: name").fill("Helpdesk");
    await page.getByLabel("IT contact: phone, e-mail or room").fill("+43 1 234");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect((await support()).contact).toEqual({ name: "Helpdesk", reach: "+43 1 234", hours: null });
  });

  test("are read as plain text and answered, and show what became of the answer", async () => {
    const id = makeId();
    await ask(device.bearer, "POST", "/agent/help-requests", {
      id,
      text: HOSTILE,
      askedBy: "ann",
      askedAt: Date.now(),
      diagnostics: {
        atMs: Date.now(),
        agentVersion: "1.0.0",
        state: "reporting",
        health: 80,
        problem: null,
        diskPercent: 50,
        diskMount: "/home",
        uptimeS: 7_200,
      },
    });
    const { items } = await ask(world.key, "GET", "/alarms?type=help-request");
    await page.goto(`${world.url}/alarms/${items[0].id}`);
    const thread = page.getByRole("region", { name: "Messages" });
    await thread.getByText(HOSTILE).waitFor();
    expect(await page.locator("main img").count()).toBe(0);
    await page.getByLabel("Answer").fill("On my way.");
    await page.getByRole("button", { name: "Send answer" }).click();
    await page.getByText("Olive takes care of it.").waitFor();
    await page.getByText("Sent", { exact: true }).waitFor();
    for (const size of [WIDE, PHONE]) {
      expect(await findViolations(page, { sizes: [size] })).toEqual([]);
      expect(await page.evaluate(() => document.body.scrollWidth > innerWidth)).toBe(false);
    }
    const [message] = (await support()).requests[0]?.messages ?? [];
    const read = { delivered: [], read: [message?.id] };
    await ask(device.bearer, "POST", `/agent/help-requests/${id}/receipts`, read);
    await page.reload();
    await page.getByText("Read", { exact: false }).first().waitFor();
    await ask(device.bearer, "POST", `/agent/help-requests/${id}/close`, {});
    await page.reload();
    await page.getByText("The request is closed.").waitFor();
    expect(await page.getByLabel("Answer").count()).toBe(0);
  });
});
