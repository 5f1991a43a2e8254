import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

const VIEWER = "vera@example.org";

let world: DashboardWorld;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
  const device = await world.addDevice({ hostname: "web-1", tags: ["web"] });
  const series = { fileSystem: { names: ["/", "/srv"], used: [50, 97], free: [5e9, 1e9] } };
  await device.report({ samples: [{ at: Date.now(), cpu: 97, memory: 40, disk: 50, series }] });
  const viewer = ["user", "create", "--org", world.orgId, "--email", VIEWER, "--name", "Vera"];
  await world.shell.run([...viewer, "--role", "viewer", "--password-stdin"], { stdin: PASSWORD });
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
/** Asks the server as the owner who is signed in. */
async function call(method: string, route: string, data?: unknown, headers: Record<string, string> = {}) {
  const answer = await page.request.fetch(`${world.url}/api/v1${route}`, {
    method,
    headers: { origin: world.url, ...headers },
    data,
  });
  return answer.json();
}
const open = (route: string) => page.goto(`${world.url}/settings/alarm-rules${route}`);
const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const row = (name: string | RegExp) => page.getByRole("row", { name });
const field = (name: string) => page.getByRole("textbox", { name, exact: true });

test("creates a rule that is tried first, and keeps what was entered on another page", async () => {
  await open("/new");
  await page.getByRole("button", { name: "Create rule" }).click();
  await page.getByText("Enter a warning level or a critical level.").waitFor();
  await page.getByRole("combobox", { name: "Metric", exact: true }).click();
  await page.getByRole("option", { name: "Usage of a file system" }).click();
  await field("Warning level").fill("90");
  await field("For").fill("0");
  await page.getByRole("combobox", { name: "File systems or interfaces" }).fill("/s*");
  await page.keyboard.press("Enter");
  await page.getByText("Matches 1 of 2 known names: /srv").waitFor();
  await page.getByRole("combobox", { name: "Scope" }).click();
  await page.getByRole("option", { name: "Tag" }).click();
  await page.getByRole("combobox", { name: "Tag", exact: true }).fill("web");
  await page.getByText("Applies to: Tag: web.").waitFor();
  await page.getByRole("link", { name: "All alarm rules" }).click();
  await heading("Alarm rules");
  await page.getByRole("link", { name: "Create rule" }).click();
  await page.getByText("Usage of a file system (/s*) above 90% (warning)").waitFor();

  await page.getByRole("button", { name: "Run trial" }).click();
  await page.getByText("Would have opened 1 alarm on 1 device in 14 days.").waitFor();
  await page.getByText("On 1 device, it would apply instead of “File system almost full”.").waitFor();
  await page.getByRole("button", { name: "Create rule" }).click();
  await heading("Alarm rules");
  await row("Usage of a file system (/s*) above 90% (warning)").getByText("Tag: web").waitFor();
});

test("shows a device what applies to it, and what that overrides", async () => {
  const { items } = await call("GET", "/devices");
  await page.goto(`${world.url}/devices/${items[0].id}?tab=rules`);
  await row(/^Usage of a file system/)
    .getByText("File system almost full (All devices)")
    .waitFor();
});

test("opens an alarm for an action that failed, until one of the same type succeeds", async () => {
  const device = await world.addDevice({ hostname: "act-1" });
  await device.report();
  await call("POST", "/alarm-rules", { name: "Failed", type: "action-failed" });
  async function perform(end: Parameters<typeof device.finish>[1]) {
    await call("POST", "/actions", { type: "restart", payload: {}, deviceIds: [device.id] });
    const { nonce, orders } = await device.claim();
    for (const { actionId } of orders) {
      await device.start(actionId, nonce);
      await device.finish(actionId, end);
    }
  }
  const openAlarms = async () =>
    (await call("GET", `/alarms?deviceId=${device.id}&type=action-failed`)).items;
  await perform({ outcome: "error", code: "failed", message: "no" });
  await expect
    .poll(openAlarms, { timeout: 10_000 })
    .toMatchObject([{ title: "Action failed", facts: { text: "restart" } }]);
  await open("?search=failed");
  await row("Failed Action failed").getByRole("link", { name: "1" }).waitFor();
  await perform({ outcome: "done", result: { agentVersion: "1.0.0" } });
  await expect.poll(openAlarms, { timeout: 10_000 }).toEqual([]);
});

test("filters by the address, moves a rule by the keyboard, disables, copies and deletes one", async () => {
  const { id } = await call("POST", "/alarm-rules", {
    name: "Second",
    type: "metric",
    settings: { metric: "cpu", warning: 50 },
  });
  await open("?type=metric&scope=organization&search=cpu");
  await page.getByText("2 rules").waitFor();
  await row("Second").getByText("Never applies: “CPU busy” comes first").waitFor();
  const up = page.getByRole("button", { name: "Move “Second” up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await row("Second").getByText("1 of 2").waitFor();
  await row("CPU busy").getByText("Never applies: “Second” comes first").waitFor();
  await expect.poll(() => up.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);

  await page.getByRole("switch", { name: "Enable “Second”" }).click({ force: true });
  await expect.poll(async () => (await call("GET", `/alarm-rules/${id}`)).isEnabled).toBe(false);
  await page.getByRole("button", { name: "Actions for “Second”" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await heading("Second (2)");
  await open("?search=second");
  await page.getByRole("button", { name: "Actions for “Second (2)”" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByText("No alarm of this rule is open.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("1 rule", { exact: true }).waitFor();
});

test("never loses a change that somebody else made meanwhile", async () => {
  const rule = (await call("GET", "/alarm-rules")).items.find(
    (one: { name: string }) => one.name === "Too hot",
  );
  await open(`/${rule.id}`);
  await field("Name").fill("Mine");
  const version = { "if-match": `"${rule.version}"` };
  await call("PATCH", `/alarm-rules/${rule.id}`, { name: "Theirs" }, version);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^Olive changed this/).waitFor();
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect.poll(() => field("Name").inputValue()).toBe("Theirs");
});

test("adds the missing rules of a pack, and shows a viewer everything without a way to change it", async () => {
  await open("");
  await page.getByRole("button", { name: "Add a pack" }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Pack" }).click();
  await page.getByRole("option", { name: "Lab" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add 2 rules" }).click();
  await row("Offline for more than 24 hours").waitFor();

  const viewer = await openSignedIn(VIEWER);
  await viewer.goto(`${world.url}/settings/alarm-rules`);
  await viewer.getByText("Only an administrator can change alarm rules.").waitFor();
  await viewer.getByRole("row", { name: "Offline for more than 24 hours" }).getByRole("link").click();
  await viewer.getByText("Offline for 24 h (critical)").waitFor();
  expect(await viewer.getByRole("button", { name: /Save|Run trial/ }).count()).toBe(0);
  await viewer.goto(`${world.url}/settings/alarm-rules`);
  await viewer.getByRole("row", { name: "CPU busy" }).waitFor();
  expect(await viewer.getByRole("switch").count()).toBe(0);
  expect(await viewer.getByRole("button", { name: /Actions for|Move|Add a pack/ }).count()).toBe(0);
  await viewer.context().close();
});
