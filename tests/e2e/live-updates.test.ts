import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

const START_MS = 120_000;

describe("a page whose stream opens late", () => {
  let browser: Browser;
  let world: DashboardWorld;
  let context: BrowserContext;
  let page: Page;
  let streams: Route[];
  let isHeld: boolean;

  beforeAll(async () => {
    [browser, world] = await Promise.all([launchChromium(), startDashboard()]);
  }, START_MS);
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });
  beforeEach(async () => {
    streams = [];
    isHeld = true;
    context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    // Requests of a shared worker cannot be held; without one, the page reads the stream itself.
    await context.addInitScript("delete globalThis.SharedWorker");
    page = await context.newPage();
    await page.route("**/api/v1/stream*", async (route) => {
      if (isHeld) streams.push(route);
      else await route.continue();
    });
    await signIn(page, world.url, EMAIL, PASSWORD);
  });
  afterEach(() => context.close());

  it("shows in the fleet what changed before", async () => {
    const device = await world.addDevice({ hostname: "early-row" });
    await page.goto(world.url);
    const score = page.locator(`#device-${device.id} [data-column="score"]`);
    await expect.poll(() => score.innerText()).toBe("–");
    await device.report();
    await openStreams();
    await expect.poll(() => score.innerText()).toMatch(/^\s*\d{1,3}\s*$/);
  });

  it("shows on the page of a device what changed before", async () => {
    const device = await world.addDevice({ hostname: "early-device" });
    await page.goto(`${world.url}/devices/${device.id}`);
    await page.getByText("no report since enrolment").first().waitFor();
    await device.report();
    await openStreams();
    await page.getByText("no report since enrolment").first().waitFor({ state: "hidden" });
  });

  it("reads nothing again where nothing changed before", async () => {
    const device = await world.addDevice({ hostname: "quiet-row" });
    const requested: string[] = [];
    page.on("request", (request) => requested.push(new URL(request.url()).pathname));
    await page.goto(world.url);
    await page.locator(`#device-${device.id}`).waitFor();
    await openStreams();
    await page.getByText("Live", { exact: true }).waitFor();
    // The stream is in use: a report arrives by it, and after whatever was read again.
    await device.report();
    const score = page.locator(`#device-${device.id} [data-column="score"]`);
    await expect.poll(() => score.innerText()).toMatch(/^\s*\d{1,3}\s*$/);
    expect(requested.filter((path) => path === "/api/v1/devices")).toHaveLength(1);
    expect(requested.filter((path) => path === "/api/v1/me")).toHaveLength(1);
  });

  async function openStreams(): Promise<void> {
    await expect.poll(() => streams.length).toBeGreaterThan(0);
    // The one of the page before may be the only one so far.
    isHeld = false;
    await Promise.all(streams.map((stream) => stream.continue().catch(() => undefined)));
  }
});
