import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { type PathProxy, startPathProxy } from "../harness/path-proxy.ts";
import { reportAlarm } from "../harness/report-alarm.ts";
import { signIn } from "../harness/sign-in.ts";

const BASE = "/muster";

describe("the dashboard in its browser", () => {
  let browser: Browser;
  let world: DashboardWorld;
  let proxy: PathProxy;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    proxy = await startPathProxy(BASE, "keeps");
    [browser, world] = await Promise.all([
      launchChromium(),
      startDashboard({ MUSTER_PUBLIC_URL: `${proxy.url}/` }),
    ]);
    proxy.forwardTo(world.url);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
    await proxy?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    await signIn(page, proxy.url, EMAIL, PASSWORD);
  });
  afterEach(() => context.close());

  const icon = () => page.locator('link[rel="icon"]').getAttribute("href");

  it("shows the worst state in the tab's icon, and the alarms in its title", async () => {
    const device = await world.addDevice({ hostname: "worst" });
    expect(await icon()).toBe(`${BASE}/logo.svg`);
    await device.report({ facts: { faults: [{ kind: "read-only-mount", subject: "/" }] } });
    await expect.poll(icon).toBe(`${BASE}/logo-critical.svg`);
    await reportAlarm(world, { text: "Disk broken", severity: "critical", deviceId: device.id });
    await expect.poll(() => page.title()).toBe("(1) Fleet · Muster");
    await page.goto(`${proxy.url}/actions`);
    await expect.poll(() => page.title()).toBe("(1) Actions · Muster");
  });

  it.each([
    { width: 1440, isNarrow: false },
    { width: 1440, isNarrow: true },
    { width: 360, isNarrow: false },
  ])(
    "paints its frame before its scripts arrive, where it stays ($width px, narrow rail: $isNarrow)",
    async (shown) => {
      await page.setViewportSize({ width: shown.width, height: 800 });
      if (shown.isNarrow) await page.getByRole("button", { name: "Collapse navigation" }).click();
      let send: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (send = resolve));
      await page.route("**/assets/*", async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(`${proxy.url}/`, { waitUntil: "commit" });
      const frame = ["rail", "top"].map((part) => page.locator(`.first-paint-${part}`));
      await frame[0]?.waitFor();
      const painted = await Promise.all(frame.map((part) => part.boundingBox()));
      send();
      await page.getByRole("heading", { name: "Fleet" }).waitFor();
      const drawn = [page.getByRole("navigation", { name: "Main navigation" }), page.getByRole("banner")];
      expect(painted).toEqual(await Promise.all(drawn.map((part) => part.boundingBox())));
    },
  );

  it("has its own style sheet before those that dialogs load", async () => {
    await page.goto(`${proxy.url}/settings/tokens`);
    await page.getByRole("button", { name: "Create token" }).first().click();
    await page.getByRole("dialog").waitFor();
    const sheets = await page.evaluate(() => [...document.styleSheets].map(({ href }) => href));
    const files = sheets.flatMap((href) => (href === null ? [] : [new URL(href).pathname]));
    expect(files[0]).toMatch(/assets\/(index|start)-/);
    expect(files.slice(1).join(" ")).toContain("dialog");
    const hint = page.locator(".mantine-Checkbox-description").first();
    const label = page.locator(".mantine-Checkbox-label").first();
    const start = (part: typeof hint) =>
      part.evaluate((element) => getComputedStyle(element).paddingInlineStart);
    expect(await start(hint)).toBe(await start(label));
  });

  it("paints no frame before the page for signing in", async () => {
    await page.route("**/assets/*", (route) => route.abort());
    await page.goto(`${proxy.url}/login`, { waitUntil: "commit" });
    await page.locator(".first-paint").waitFor({ state: "attached" });
    expect(await page.locator(".first-paint").isVisible()).toBe(false);
  });

  it("lists its shortcuts, and switches those of a single key off", async () => {
    await world.addDevice({ hostname: "by-keyboard" });
    await page.reload();
    await page.getByText("by-keyboard").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.getByLabel("Single-key shortcuts").uncheck();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search" }).waitFor();
    expect(await page.getByRole("dialog", { name: "Keyboard shortcuts" }).count()).toBe(0);
  });

  it("finds devices and actions on them from the keyboard, and leads to all results", async () => {
    const device = await world.addDevice({ hostname: "Bücher-7" });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search devices" }).fill("reboot bucher");
    await page.getByRole("option", { name: "Reboot: Bücher-7" }).waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Action on Bücher-7" });
    expect(await dialog.getByLabel("Delay (minutes)").inputValue()).toBe("15");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search devices" }).fill("BUCHER");
    await page.getByRole("option", { name: "All results for “BUCHER” in the fleet" }).click();
    await page.waitForURL(/search=BUCHER/);
    await page.locator(`#device-${device.id}`).waitFor();
  });

  it("shows the last figures with their age while the server does not answer, and returns by itself", async () => {
    await page.goto(`${proxy.url}/actions`);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => page.evaluate(() => localStorage.getItem("muster-offline"))).not.toBeNull();
    proxy.forwardTo("http://127.0.0.1:9");
    await page.goto(`${proxy.url}/actions`);
    await page.getByRole("heading", { name: "Muster is not responding" }).waitFor();
    expect(await page.locator("#age").innerText()).toMatch(/^Last known values, this minute:/);
    expect(await page.locator("dl").innerText()).toMatch(/Devices\s+\d/);
    proxy.forwardTo(world.url);
    await page.getByRole("heading", { name: "Actions", exact: true }).waitFor();
  });

  it("keeps no figures after signing out", async () => {
    await expect.poll(() => page.evaluate(() => localStorage.getItem("muster-offline"))).not.toBeNull();
    await page.getByRole("button", { name: "Menu of Olive" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await page.evaluate(() => localStorage.getItem("muster-offline"))).toBeNull();
  });

  it("prints a device without the frame around it, dark on white", async () => {
    const device = await world.addDevice({ hostname: "on-paper" });
    await page.goto(`${proxy.url}/devices/${device.id}`);
    await page.getByRole("heading", { name: "on-paper" }).waitFor();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.getByRole("navigation").isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      await page.evaluate(() => {
        document.documentElement.setAttribute("data-mantine-color-scheme", "light");
        return getComputedStyle(document.body).backgroundColor;
      }),
    );
  });
});
