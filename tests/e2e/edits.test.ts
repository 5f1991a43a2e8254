import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findViolations } from "../harness/accessibility.ts";
import { launchChromium } from "../harness/chromium.ts";
import {
  type DashboardWorld,
  EMAIL,
  PASSWORD,
  type ScriptedDevice,
  startDashboard,
} from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";
import { watchPage } from "../harness/watch-page.ts";

let world: DashboardWorld;
let browser: Browser;
let device: ScriptedDevice;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
  device = await world.addDevice({ hostname: "web-1" });
  await device.report();
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await signIn(page, world.url, EMAIL, PASSWORD);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.remove();
});

async function call(method: string, route: string, body?: unknown) {
  const answer = await fetch(`${world.url}/api/v1${route}`, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.json();
}
/** Another browser of the owner changes the organization. */
async function changeElsewhere(change: object): Promise<void> {
  const other = await (await browser.newContext({ locale: "en-US" })).newPage();
  await signIn(other, world.url, EMAIL, PASSWORD);
  const status = await other.evaluate(async (body) => {
    const headers = { "content-type": "application/json", "if-match": "*" };
    return (await fetch("/api/v1/organization", { method: "PATCH", headers, body })).status;
  }, JSON.stringify(change));
  expect(status).toBe(200);
}
test("a browser without a session is asked to sign in without an error in its console", async () => {
  const stranger = await browser.newContext({ locale: "en-US" });
  const opened = await stranger.newPage();
  const errors = await watchPage(opened);
  const missing = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
  await opened.goto(`${world.url}/devices/${missing}`);
  await opened.getByLabel("E-mail").fill(EMAIL);
  await opened.getByLabel("Password", { exact: true }).fill(PASSWORD);
  expect(errors).toEqual([]);
  await opened.getByRole("button", { name: "Sign in" }).click();
  await opened.getByText("Page not found").waitFor();
  await opened.getByRole("link", { name: "Go to the fleet" }).click();
  await opened.getByRole("heading", { name: "Fleet" }).waitFor();
  await stranger.close();
});

const storedNotes = async () => (await call("GET", `/devices/${device.id}`)).notes;
const notes = () => page.getByRole("textbox", { name: "Notes", exact: true });
const restored = () => page.getByText("Unsaved changes restored.");
const save = () => page.getByRole("button", { name: "Save" }).click();
const openNotes = () => page.goto(`${world.url}/devices/${device.id}?tab=notes`);
const holds = (field: () => ReturnType<Page["locator"]>, text: string) =>
  expect.poll(() => field().inputValue()).toBe(text);

test("notes survive another tab, another page, a reload and an expired session, and are saved once", async () => {
  await openNotes();
  await notes().fill("Rack 4, upper shelf");

  await page.getByRole("tab", { name: "Inventory" }).click();
  await page.getByRole("tab", { name: "Notes" }).click();
  await holds(notes, "Rack 4, upper shelf");

  await page.getByRole("link", { name: "Customers" }).click();
  await page.goBack();
  await holds(notes, "Rack 4, upper shelf");

  await page.reload();
  await holds(notes, "Rack 4, upper shelf");
  await restored().waitFor();
  expect(await findViolations(page)).toEqual([]);

  await context.clearCookies({ name: "muster_session" });
  await save();
  await page.getByText("Your session has ended.").waitFor();
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await holds(notes, "Rack 4, upper shelf");
  expect(await storedNotes()).toBe("");

  await save();
  await page.getByText("Saved", { exact: true }).first().waitFor();
  await restored().waitFor({ state: "detached" });
  expect(await storedNotes()).toBe("Rack 4, upper shelf");
  await page.reload();
  await holds(notes, "Rack 4, upper shelf");
  expect(await restored().count()).toBe(0);
});

test("two who edit the same notes compare both texts, and nothing is lost", async () => {
  await openNotes();
  await notes().fill("mine");
  await call("PATCH", `/devices/${device.id}`, { notes: "theirs" });
  await save();
  const conflict = page.getByRole("region", { name: "Conflict of two edits" });
  await conflict.getByText(/^tests changed this .*while you were editing\.$/).waitFor();
  expect(await conflict.getByLabel("Yours").inputValue()).toBe("mine");
  expect(await conflict.getByLabel("Theirs").inputValue()).toBe("theirs");
  expect(await storedNotes()).toBe("theirs");
  expect(await findViolations(page)).toEqual([]);

  // A draft that is older than what is stored is compared after a reload as well.
  await page.reload();
  await holds(notes, "mine");
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await conflict.waitFor({ state: "detached" });
  await save();
  await expect.poll(storedNotes).toBe("mine");

  await notes().fill("mine again");
  await call("PATCH", `/devices/${device.id}`, { notes: "theirs again" });
  await save();
  await conflict.getByRole("button", { name: "Take theirs" }).click();
  await holds(notes, "theirs again");
});

test("edits of different fields at the same time are both kept", async () => {
  await page.goto(`${world.url}/settings/organization`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Northwind Traders");
  await changeElsewhere({ offlineAfterS: 1_200 });
  await save();
  await expect.poll(async () => (await call("GET", "/organization")).name).toBe("Northwind Traders");
  expect((await call("GET", "/organization")).offlineAfterS).toBe(1_200);
  await holds(() => page.getByLabel("Offline after"), "20");
});

test("a dialog that is closed by a slip keeps its fields, and Cancel and Discard forget them", async () => {
  await page.goto(`${world.url}/settings/tokens`);
  const dialog = page.getByRole("dialog");
  const name = () => dialog.getByLabel("Name", { exact: true });
  const open = () => page.getByRole("button", { name: "Create token" }).first().click();
  await open();
  const usual = await name().inputValue();
  await name().fill("Workshop");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.reload();
  await open();
  await holds(name, "Workshop");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await holds(name, usual);
  await name().fill("Workshop");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await open();
  await holds(name, usual);
});

test("the text of a message is kept until it is sent", async () => {
  const dialog = page.getByRole("dialog");
  const text = () => dialog.getByRole("textbox", { name: "Text" });
  const open = async () => {
    await page.goto(`${world.url}/devices/${device.id}`);
    await page.getByRole("button", { name: "Message" }).click();
  };
  await open();
  await dialog.getByRole("textbox", { name: "Title" }).fill("Maintenance");
  await text().fill("Please save your work.");
  await open();
  await holds(text, "Please save your work.");
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  await open();
  await holds(text, "");
});

test("signing out removes the drafts, and no password is ever stored", async () => {
  await page.goto(`${world.url}/settings/users`);
  await page.getByRole("button", { name: "Add user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Lin");
  await dialog.getByLabel("Initial password").fill("kettle-orbit-mango");
  await page.keyboard.press("Escape");
  const drafts = () => page.evaluate(() => JSON.stringify(sessionStorage));
  expect(await drafts()).toContain("Lin");
  expect(await drafts()).not.toContain("kettle-orbit-mango");
  await page.getByRole("button", { name: "Menu of Olive" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByLabel("Password", { exact: true }).waitFor();
  expect(await drafts()).not.toContain("Lin");
});
