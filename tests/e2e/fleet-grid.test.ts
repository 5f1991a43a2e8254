import { pino } from "pino";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { insertDevices } from "../harness/fleet-rows.ts";
import { signIn } from "../harness/sign-in.ts";

/** More than the list reads ahead, so that not every device is loaded. */
const DEVICES = 300;

describe("the grid of the fleet", { timeout: 60_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
    const store = await openStore({
      url: world.shell.databaseUrl,
      log: pino({ level: "silent" }),
      migrations,
    });
    const given = Array.from({ length: DEVICES }, (_, index) => ({
      hostname: `host-${String(index).padStart(3, "0")}`,
      customer: index === 0 ? "Harbour" : null,
      tags: index === 0 ? '["first"]' : "[]",
    }));
    await insertDevices(store, world.orgId, given);
    await store.close();
    const context = await browser.newContext({ locale: "en-US" });
    await signIn(await context.newPage(), world.url, EMAIL, PASSWORD);
    signedIn = await context.storageState();
    await context.close();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  async function openFleet(route = "/?sort=name"): Promise<Page> {
    const context = await browser.newContext({
      locale: "en-US",
      reducedMotion: "reduce",
      storageState: signedIn,
      viewport: { width: 1_000, height: 800 },
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(world.url + route);
    await page.getByRole("row", { name: /host-000/ }).waitFor();
    return page;
  }
  const headings = (page: Page) => page.getByRole("columnheader").allInnerTexts();

  test("remembers order, width and density of the columns, set by the keyboard, and resets them", async () => {
    const page = await openFleet();
    const before = await headings(page);
    await page.getByRole("separator", { name: "Width of Health" }).focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("button", { name: "Move Health" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("Health: position 3 of 8").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Compact" }).click();
    await page.keyboard.press("Escape");
    await page.reload();
    const row = page.getByRole("row", { name: /host-000/ });
    await row.waitFor();
    const after = await headings(page);
    expect(after.slice(1, 4)).toEqual([before[1], before[3], before[2]]);
    const health = page.getByRole("columnheader", { name: "Health" });
    expect(Math.round((await health.boundingBox())?.width ?? 0)).toBe(60 + 3 * 16);
    expect((await row.boundingBox())?.height).toBe(34);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("button", { name: "Reset columns" }).click();
    expect(await headings(page)).toEqual(before);
  });

  test("keeps the checkbox and the name in view when the table is scrolled sideways", async () => {
    const page = await openFleet();
    await page.getByRole("separator", { name: "Width of Why" }).focus();
    for (let press = 0; press < 20; press += 1) await page.keyboard.press("ArrowRight");
    const name = page.getByRole("link", { name: "host-000" });
    await page.getByRole("columnheader", { name: "CPU, 1 h" }).scrollIntoViewIfNeeded();
    await page.locator("#device-grid[data-scrolled]").waitFor();
    const [box, tick] = [await name.boundingBox(), await page.getByLabel("Select host-000").boundingBox()];
    const main = await page.locator("main").boundingBox();
    expect(tick?.x).toBeGreaterThanOrEqual(main?.x ?? 0);
    expect(box?.x).toBeLessThan((main?.x ?? 0) + 120);
  });

  test("selects all devices that match, edits them, and undoes it", async () => {
    const page = await openFleet("/?search=host&sort=name");
    await page.getByRole("checkbox", { name: "Select all loaded devices" }).click();
    await page.getByRole("button", { name: `Select all ${DEVICES} devices that match` }).click();
    await page.getByText(`All ${DEVICES} matching devices selected`).waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "Tag" }).click();
    await page.getByRole("combobox", { name: "Add tags" }).fill("bulk");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText(`${DEVICES} devices changed`).waitFor();
    expect(await count(`tag=bulk`)).toBe(DEVICES);
    // Its notice is gone sooner than the server's time to undo it.
    await page.getByRole("status").getByRole("button", { name: "Close" }).click();
    const undo = page.getByRole("button", { name: new RegExp(`^Undo the last edit: ${DEVICES} devices`) });
    await page.route("**/api/v1/device-edits/*/undo", (route) => route.abort(), { times: 1 });
    await undo.click();
    await page.getByText("The server cannot be reached").waitFor();
    await undo.click();
    await page.getByText(`${DEVICES} devices have their former values again`).waitFor();
    expect(await count(`tag=bulk`)).toBe(0);
  });

  test("asks for the number of devices before ten or more are archived", async () => {
    const page = await openFleet("/?search=host&sort=name");
    await page.getByRole("checkbox", { name: "Select all loaded devices" }).click();
    await page.getByRole("button", { name: `Select all ${DEVICES} devices that match` }).click();
    await page.getByRole("toolbar").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    const dialog = page.getByRole("dialog");
    const archive = dialog.getByRole("button", { name: "Archive" });
    expect(await archive.isEnabled()).toBe(false);
    await dialog.getByLabel(`Type ${DEVICES} to confirm`).fill(String(DEVICES));
    expect(await archive.isEnabled()).toBe(true);
  });

  test("leaves out a row that is unticked while all that match are selected", async () => {
    const page = await openFleet("/?search=host&sort=name");
    await page.getByRole("checkbox", { name: "Select all loaded devices" }).click();
    await page.getByRole("button", { name: `Select all ${DEVICES} devices that match` }).click();
    const last = page.getByLabel(`Select host-${DEVICES - 1}`);
    await expect
      .poll(async () => {
        await page.locator("main").evaluate((main) => main.scrollTo(0, main.scrollHeight));
        return last.isVisible();
      })
      .toBe(true);
    await last.uncheck();
    await page.getByText(/^\d+ selected$/).waitFor();
    expect(await last.isChecked()).toBe(false);
  });

  test("asks for the number of devices before an action on all that match", async () => {
    const page = await openFleet("/?search=host&sort=name");
    await page.getByRole("checkbox", { name: "Select all loaded devices" }).click();
    await page.getByRole("button", { name: `Select all ${DEVICES} devices that match` }).click();
    await page.getByRole("toolbar").getByRole("button", { name: "Message" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Title" }).fill("Hello");
    await dialog.getByRole("textbox", { name: "Text" }).fill("World");
    const send = dialog.getByRole("button", { name: /^Message/ });
    expect(await send.isDisabled()).toBe(true);
    await dialog.getByLabel(`Type ${DEVICES} to confirm`).fill(String(DEVICES));
    await send.click();
    await dialog.waitFor({ state: "detached" });
    const batches = await (await api("/api/v1/action-batches?limit=1")).json();
    expect(batches.items[0].counts.pending).toBe(DEVICES);
  });

  test("opens a device once by Enter and selects it by Space", async () => {
    const page = await openFleet();
    await page.locator("#device-grid").focus();
    await page.keyboard.press("ArrowDown");
    const entries = await page.evaluate(() => history.length);
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "host-000" }).waitFor();
    expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  });

  test("leads from a customer and a tag to the devices that have them", async () => {
    const page = await openFleet();
    await page.getByRole("link", { name: "Harbour" }).first().click();
    await page.getByRole("row", { name: /host-001/ }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "host-000" }).click();
    await page.getByRole("link", { name: "first" }).click();
    await page.getByRole("row", { name: /host-000/ }).waitFor();
    expect(new URL(page.url()).search).toContain("tag=first");
  });

  const api = (path: string) =>
    fetch(world.url + path, { headers: { authorization: `Bearer ${world.key}` } });
  const count = async (query: string): Promise<number> =>
    (await (await api(`/api/v1/devices/count?${query}`)).json()).count;
});
