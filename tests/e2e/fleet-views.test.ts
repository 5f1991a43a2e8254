import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

let world: DashboardWorld;
let browser: Browser;
let page: Page;

const HOSTS = ["web-1", "web-2", "db-1", "lap-1"];

beforeAll(async () => {
  [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
  for (const hostname of HOSTS) {
    const tags = hostname.startsWith("web") ? ["web"] : [];
    const device = await world.addDevice({ hostname, tags });
    const rebootRequired = hostname === "web-2";
    await device.report({ facts: { user: hostname === "lap-1" ? "ada" : null, rebootRequired } });
  }
  page = await openSignedIn(EMAIL);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.remove();
});

async function openSignedIn(email: string): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  const opened = await context.newPage();
  await signIn(opened, world.url, email, PASSWORD);
  return opened;
}

const button = (name: string | RegExp, on = page) => on.getByRole("button", { name });
const item = (name: string | RegExp, on = page) => on.getByRole("menuitem", { name });
const rows = () => page.getByRole("row").filter({ has: page.getByRole("checkbox") });
const untilDevices = (...names: string[]) =>
  expect
    .poll(async () => {
      const texts = await rows().allInnerTexts();
      return HOSTS.filter((name) => texts.some((text) => text.includes(name))).toSorted();
    })
    .toEqual(names.toSorted());

async function saveView(name: string, isShared: boolean): Promise<void> {
  await button(/^Views/).click();
  await item("Save as new view").click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  if (isShared) await page.getByLabel("Share with the organization").check();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await button(`Views: ${name}`).waitFor();
}

test("counts what each choice would give, and narrows the figures with the list", async () => {
  await page.goto(world.url);
  await untilDevices(...HOSTS);
  await button("4 devices").waitFor();
  await button("More").first().click();
  await page.getByLabel("Reboot required 1").check();
  await page.keyboard.press("Escape");
  await untilDevices("web-2");
  await button("1 of 4 devices").waitFor();
  await button("1 Online").waitFor();

  await button("Tag", page).click();
  await page.getByLabel("web 1").waitFor();
  await page.getByRole("textbox", { name: "Find" }).fill("nothing");
  await page.getByText("No options").waitFor();
  await page.keyboard.press("Escape");
  await button("1 of 4 devices").click();
  await untilDevices(...HOSTS);

  expect(await button("User").count()).toBe(0);
  await button("All filters").click();
  await button("User").click();
  await page.getByLabel("ada 1").check();
  await untilDevices("lap-1");
  expect(page.url()).toContain("user=ada");
  await page.keyboard.press("Escape");
  await button("All filters").click();
  await button("User: ada").waitFor();
  await button("0 Offline").click();
  await page.getByText("No matching devices").waitFor();
  await button("0 of 4 devices").click();
  await untilDevices(...HOSTS);
});

test("saves a view with its columns, marks it as changed, and opens it for another member", async () => {
  await page.goto(`${world.url}/?tag=web&sort=name`);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("dialog", { name: "Columns" }).getByLabel("Tags").check();
  await page.keyboard.press("Escape");
  await saveView("Web servers", true);
  const address = page.url();
  expect(address).toMatch(/view=[0-9a-f-]{36}&tag=web&sort=name$/);

  await button("1 Warning").or(button("0 warning")).first().click();
  await button("Views: Web servers changed").click();
  await item("Discard changes").click();
  await untilDevices("web-1", "web-2");
  await button(/^Views: Web servers$/).waitFor();

  const email = "vera@example.org";
  const viewer = ["--org", world.orgId, "--email", email, "--name", "Vera", "--role", "viewer"];
  await world.shell.run(["user", "create", ...viewer, "--password-stdin"], { stdin: PASSWORD });
  const other = await openSignedIn(email);
  await other.goto(address.replace(/&.*$/, ""));
  await button("Views: Web servers", other).click();
  await item("Web servers by Olive", other).waitFor();
  await other.getByRole("columnheader", { name: "Tags" }).waitFor();
  expect(other.url()).toBe(address);
  expect(await item("Rename", other).count()).toBe(0);
  await item("Open this view first", other).click();
  await other.goto(world.url);
  await button("Views: Web servers", other).waitFor();
  await button("2 of 4 devices", other).click();
  await button("4 devices", other).waitFor();
  await button(/^Views$/, other).waitFor();
  await other.context().close();
});

test("renames and deletes a view, and refuses a name that is taken", async () => {
  await page.goto(`${world.url}/?search=lap`);
  await button(/^Views/).click();
  await item("Save as new view").click();
  await page.getByRole("dialog").getByLabel("Name").fill("WEB servers");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("Belongs to another view.").waitFor();
  await page.getByRole("dialog").getByLabel("Name").fill("Laptops");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await button("Views: Laptops").click();
  await item("Rename").click();
  await page.getByRole("dialog").getByLabel("Name").fill("Notebooks");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await button("Views: Notebooks").click();
  await item("Delete view").click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete view" }).click();
  await button(/^Views$/).waitFor();
  await untilDevices(...HOSTS);

  await page.goto(`${world.url}/?view=019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071&search=lap`);
  await page.getByText("This view does not exist, or it is not shared with you.").waitFor();
  await untilDevices("lap-1");
});
