import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { findViolations, type CheckOptions, PHONE, WIDE } from "../harness/accessibility.ts";
import { writeAgentStandIn } from "../harness/agent-stand-in.ts";
import { launchChromium } from "../harness/chromium.ts";
import { openShell } from "../harness/command-line.ts";
import { startComposedServer } from "../harness/composed-server.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { reportAlarm } from "../harness/report-alarm.ts";
import { signIn } from "../harness/sign-in.ts";
import { addVariedFleet } from "../harness/varied-fleet.ts";

describe("the accessibility of the dashboard", { timeout: 120_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
  let deviceId: string;
  let unapprovedId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
    ({ deviceId, unapprovedId } = await addVariedFleet(world));
    await reportAlarm(world, { text: "Backup failed", severity: "critical", deviceId });
    const context = await browser.newContext({ locale: "en-US" });
    await signIn(await context.newPage(), world.url, EMAIL, PASSWORD);
    signedIn = await context.storageState();
    await context.close();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  async function openPage(route: string, storageState?: typeof signedIn): Promise<Page> {
    const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce", storageState });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(new URL(route, world.url).href);
    return page;
  }
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

  const check = async (page: Page, place: string, look?: CheckOptions) =>
    expect.soft(await findViolations(page, look), place).toEqual([]);
  const checkFloating = (page: Page, place: string, look?: CheckOptions) =>
    check(page, place, { within: "[data-portal]", ...look });

  test("the pages before signing in", async () => {
    const page = await openPage("/login");
    await heading(page, "Sign in");
    await page.getByLabel("E-mail").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill("not the right one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Wrong e-mail or password.").waitFor();
    await check(page, "login");
    await page.goto(`${world.url}/setup/ms_gone`);
    await heading(page, "no longer valid");
    await check(page, "set-up that is over");
  });

  test("the set-up and the empty fleet", async () => {
    const shell = await openShell("sqlite");
    const fresh = await startComposedServer(shell.environment);
    onTestFinished(async () => {
      await fresh.close();
      await shell.remove();
    });
    const { url: link } = (
      await shell.run(["setup-link"], { json: true, environment: { MUSTER_PORT: new URL(fresh.url).port } })
    ).json;
    const page = await openPage(fresh.url + new URL(link).pathname);
    await page.getByLabel("Organization name").fill("Harbour");
    await page.getByLabel("Your name").fill("Olive");
    await page.getByLabel("E-mail").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await check(page, "set-up");
    await page.getByRole("button", { name: "Create organization and open fleet" }).click();
    await page.getByText("Other computers cannot reach this server").waitFor();
    await check(page, "empty fleet");
  });

  test("the fleet, its menus and its dialogs", async () => {
    const page = await openPage("/", signedIn);
    const row = page.getByRole("row", { name: /unapproved/ });
    await row.waitFor();
    await check(page, "table");
    for (const size of [PHONE, WIDE]) {
      await page.setViewportSize(size);
      await page.getByRole("button", { name: /^Sort/ }).click();
      await page.getByRole("menu").waitFor();
      await checkFloating(page, "sort menu", { sizes: [size] });
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("dialog", { name: "Columns" }).waitFor();
    await checkFloating(page, "column menu", { sizes: [WIDE] });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Status" }).click();
    await checkFloating(page, "filter", { sizes: [WIDE] });
    await page.keyboard.press("Escape");
    await page.setViewportSize(PHONE);
    await page.getByRole("button", { name: "Filters" }).click();
    await check(page, "filters on a phone", { sizes: [PHONE] });
    await page.setViewportSize(WIDE);
    await page.getByRole("checkbox", { name: "Select all loaded devices" }).click();
    await page.getByRole("toolbar").waitFor();
    await check(page, "selection");
    await page.getByRole("toolbar").getByRole("button", { name: "Tag" }).click();
    await page.getByRole("dialog").waitFor();
    await checkFloating(page, "tag dialog");
    // The first closes the list of its suggestions.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.setViewportSize(WIDE);
    await page.getByRole("toolbar").getByRole("button", { name: "Restart agent" }).click();
    await page.getByRole("dialog").waitFor();
    await checkFloating(page, "bulk dialog");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear selection" }).click();
    await page.setViewportSize(WIDE);
    await page.getByRole("button", { name: "Cards" }).click();
    await check(page, "cards");
    await page.getByRole("button", { name: "Add device" }).click();
    await page.getByRole("dialog").waitFor();
    await page.getByText("Other computers cannot reach this server").waitFor();
    await checkFloating(page, "add device on loopback");
    await page.getByRole("button", { name: "Show the command for this computer" }).click();
    await page.getByText("There is no agent for Linux yet").waitFor();
    await checkFloating(page, "add device without an agent");
    const agent = await writeAgentStandIn(path.join(world.shell.dataDir, "agent.bin"), "linux-x64");
    await world.shell.run(["artefacts", "add", agent, "--system", "linux-x64", "--version", "1.0.0"]);
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByText("What this command does").click();
    await page.getByText("Remove the agent").click();
    await checkFloating(page, "add device");
    await page.goto(`${world.url}/?search=nothing`);
    await page.getByText("No matching devices").waitFor();
    await check(page, "no match");
  });

  test("a device, one that needs approval, its menu and its dialogs", async () => {
    const page = await openPage(`/devices/${deviceId}`, signedIn);
    for (const tab of ["Overview", "Alarms", "Inventory", "Notes", "Rules", "Actions"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("tabpanel", { name: tab }).waitFor();
      if (tab === "Alarms") await page.getByRole("grid", { name: "Open alarms" }).waitFor();
      if (tab === "Inventory") await page.getByText("Manufacturer").waitFor();
      if (tab === "Rules") await page.getByRole("row", { name: "CPU busy" }).waitFor();
      if (tab === "Actions") await page.getByRole("button", { name: "Details" }).first().click();
      await check(page, tab);
    }
    for (const action of ["Message", "Reboot"]) {
      await page.setViewportSize(WIDE);
      await page.getByRole("button", { name: action, exact: true }).click();
      await page.getByRole("dialog").waitFor();
      if (action === "Message")
        await page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
      await checkFloating(page, action);
      await page.keyboard.press("Escape");
    }
    for (const entry of ["Rename", "Change class", "Maintenance", "Dependency", "Archive"]) {
      await page.getByRole("button", { name: "More" }).click();
      const item = page.getByRole("menuitem", { name: entry });
      await item.waitFor();
      if (entry === "Rename") await checkFloating(page, "device menu");
      await item.click();
      await page.getByRole("dialog").waitFor();
      await checkFloating(page, entry);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.setViewportSize(WIDE);
    // Only a wide page has it, so that the buttons of the narrow one are gone.
    await page.getByRole("button", { name: "Reboot", exact: true }).waitFor();
    await page.getByRole("button", { name: "Restart agent" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Restart agent" }).click();
    await page.getByRole("status").filter({ hasText: "pending" }).waitFor();
    await check(page, "toast");
    await page.goto(`${world.url}/devices/${unapprovedId}`);
    await page.getByRole("button", { name: "Approve" }).waitFor();
    await check(page, "unapproved");
  });

  test("the alarms, their filters and dialogs, and the page of one", async () => {
    const page = await openPage("/alarms", signedIn);
    const row = page.getByRole("row", { name: /Backup failed/ });
    await row.waitFor();
    await check(page, "alarms");
    await page.setViewportSize(WIDE);
    for (const name of ["Type", "Notifications"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByRole("dialog", { name }).waitFor();
      await checkFloating(page, name, { sizes: [WIDE] });
      await page.keyboard.press("Escape");
    }
    await page.setViewportSize(PHONE);
    await page.getByRole("button", { name: "Filters" }).click();
    await check(page, "filters of alarms on a phone", { sizes: [PHONE] });
    await page.setViewportSize(WIDE);
    await row.getByRole("checkbox").click();
    await page.getByRole("toolbar").waitFor();
    await check(page, "selected alarms");
    for (const verb of ["Snooze", "Assign", "Resolve"]) {
      await page.setViewportSize(WIDE);
      await page.getByRole("toolbar").getByRole("button", { name: verb }).click();
      await page.getByRole("dialog").waitFor();
      await checkFloating(page, verb);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await page.getByRole("link", { name: "Backup failed" }).click();
    await heading(page, "Backup failed");
    await page.getByRole("list", { name: "Timeline" }).waitFor();
    await check(page, "alarm");
    await page.goto(`${world.url}/alarms?search=nothing`);
    await page.getByText("No matching alarms").waitFor();
    await check(page, "no matching alarm");
  });

  test("pages of actions and settings", async () => {
    const page = await openPage("/actions", signedIn);
    await heading(page, "Actions");
    await page.getByRole("button", { name: "Details" }).first().click();
    await check(page, "actions");
    for (const [place, title, add] of [
      ["organization", "Organization", null],
      ["status-page", "Status page", "Publish incident"],
      ["keys", "API keys", "Create key"],
      ["tokens", "Enrolment tokens", "Create token"],
      ["users", "Users", "Add user"],
      ["downloads", "Downloads", null],
      ["audit", "Audit log", null],
      ["nowhere", "Page not found", null],
    ] as const) {
      await page.goto(`${world.url}/settings/${place}`);
      await page.getByRole("heading", { name: title }).first().waitFor();
      await check(page, place);
      if (add === null) continue;
      await page.getByRole("button", { name: add }).click();
      await page.getByRole("dialog").waitFor();
      await checkFloating(page, add);
      if (place !== "keys") continue;
      await page.setViewportSize(WIDE);
      await page.getByRole("dialog").getByLabel("Name").fill("Made here");
      await page.getByRole("dialog").getByRole("button", { name: add }).click();
      await page.getByRole("dialog", { name: "Key created" }).waitFor();
      await checkFloating(page, "secret");
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
      await page
        .getByRole("row", { name: "Made here" })
        .getByRole("button", { name: /Revoke/ })
        .click();
      await page.getByRole("dialog", { name: /Revoke/ }).waitFor();
      await checkFloating(page, "revoke");
    }
  });

  test("the pages of alarm rules and their dialogs", async () => {
    const page = await openPage("/settings/alarm-rules", signedIn);
    await page.getByRole("row", { name: "CPU busy" }).waitFor();
    await check(page, "alarm rules");
    await page.setViewportSize(WIDE);
    await page.getByRole("button", { name: "Add a pack" }).click();
    await page.getByRole("dialog").getByText("CPU busy").waitFor();
    await checkFloating(page, "pack of rules");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "CPU busy" }).click();
    await heading(page, "CPU busy");
    await page.getByLabel("Only in certain hours").check();
    await page.getByRole("textbox", { name: "Warning level" }).fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Enter a warning level or a critical level.").waitFor();
    await check(page, "alarm rule with an error");
    await page.getByRole("textbox", { name: "Warning level" }).fill("90");
    await page.getByRole("textbox", { name: "For", exact: true }).fill("0");
    await page.getByLabel("Only in certain hours").uncheck();
    await page.getByRole("button", { name: "Run trial" }).click();
    await page.getByText("Alarms per day").waitFor();
    await check(page, "trial of a rule");
  });

  test("the pages of notifications and maintenance, and their dialogs", async () => {
    const page = await openPage("/settings/channels", signedIn);
    const inDialog = (name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });
    await page.getByRole("button", { name: "Add channel" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Operations");
    await page.getByRole("dialog").getByLabel("Addresses").fill("ops@people.example");
    await page.keyboard.press("Enter");
    await checkFloating(page, "new channel");
    await inDialog("Add channel").click();
    await page.getByText("1 address not confirmed").waitFor();
    await check(page, "channels");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await inDialog("Send test message").click();
    await page.getByText("The message was not accepted.").waitFor();
    await checkFloating(page, "test of a channel");

    await page.goto(`${world.url}/settings/notifications`);
    await page.getByRole("heading", { name: "Messages, as long as" }).waitFor();
    await check(page, "built-in default");
    await page.getByRole("button", { name: "Add policy" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("At work");
    await page.getByRole("dialog").getByText("Only at certain times").click();
    await checkFloating(page, "new policy");
    await inDialog("Add policy").click();
    await page.getByText(/All alarms, Mon–Fri 08:00–18:00/).waitFor();
    await check(page, "notifications");

    await page.goto(`${world.url}/settings/deliveries`);
    await heading(page, "Deliveries");
    await check(page, "deliveries");

    await page.goto(`${world.url}/maintenance`);
    await page.setViewportSize(WIDE);
    await page.getByRole("button", { name: "Add window" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Patch night");
    await page.getByRole("dialog").getByRole("heading", { name: "Next times" }).waitFor();
    await checkFloating(page, "new maintenance window");
    await page.setViewportSize(WIDE);
    await inDialog("Add window").click();
    await page
      .getByRole("button", { name: /Patch night/ })
      .first()
      .waitFor();
    await check(page, "maintenance");

    await page.goto(`${world.url}/silences`);
    await page.setViewportSize(WIDE);
    await page.getByRole("button", { name: "New silence" }).click();
    await page.getByRole("dialog").getByLabel("Comment").fill("New switch");
    await checkFloating(page, "new silence");
    await page.setViewportSize(WIDE);
    await inDialog("Silence").click();
    await page.getByRole("row", { name: /New switch/ }).waitFor();
    await check(page, "silences");
  });

  test("the pages of customers and their dialogs", async () => {
    const body = {
      name: "Harbour",
      company: "Harbour Ltd",
      contacts: [{ name: "Ada", email: "ada@x.example" }],
    };
    await fetch(`${world.url}/api/v1/customers`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
      body: JSON.stringify(body),
    });
    const page = await openPage("/customers", signedIn);
    await page.getByRole("link", { name: "Harbour" }).waitFor();
    await check(page, "customers");
    await page.getByRole("button", { name: "Create customer" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Add contact" }).click();
    await checkFloating(page, "new customer");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Harbour" }).click();
    await heading(page, "Harbour");
    await page.getByRole("toolbar", { name: "Availability of Harbour" }).waitFor();
    await check(page, "customer");
    await page.getByRole("button", { name: "Merge" }).click();
    await page.getByRole("dialog").waitFor();
    await checkFloating(page, "merge");
  });

  test("the availability", async () => {
    const page = await openPage("/availability", signedIn);
    const bar = page.getByRole("toolbar", { name: /^Availability of/ });
    const newest = bar.getByRole("button").last();
    await newest.focus();
    await page.keyboard.press("ArrowLeft");
    expect(await bar.getByRole("button").nth(88).getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("End");
    expect(await newest.getAttribute("aria-pressed")).toBe("true");
    await check(page, "availability");
  });

  test("the frame", async () => {
    const page = await openPage("/actions", signedIn);
    await page.getByRole("button", { name: "Menu of Olive" }).click();
    await page.getByRole("menu").waitFor();
    await checkFloating(page, "user menu");
    await page.getByRole("menuitem", { name: "Push notifications" }).click();
    await page.getByRole("switch", { name: "Push notifications in this browser" }).waitFor();
    await checkFloating(page, "push notifications");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Menu of Olive" }).click();
    await page.getByRole("menuitem", { name: "Change password" }).click();
    await page.getByRole("dialog").waitFor();
    await checkFloating(page, "password");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Search" }).first().click();
    await page.getByRole("combobox", { name: /Search devices/ }).fill("w");
    await page.getByRole("option", { name: "well" }).waitFor();
    await checkFloating(page, "search");
    await page.keyboard.press("Escape");
    await page.setViewportSize(PHONE);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menu").waitFor();
    await checkFloating(page, "settings menu", { sizes: [PHONE] });
  });

  describe("by the keyboard alone", () => {
    test.each(["Search", "Menu of Olive", "Columns", "Status", "Add device"])(
      "opens %s, closes it by Esc, and returns the focus",
      async (name) => {
        const page = await openPage("/", signedIn);
        const opener = page.getByRole("button", { name }).first();
        await opener.focus();
        await page.keyboard.press("Enter");
        const floating = page.locator("[data-portal] :is([role=dialog], [role=menu])");
        await floating.locator(":focus").waitFor();
        await page.keyboard.press("Escape");
        await floating.waitFor({ state: "detached" });
        expect(await opener.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
      },
    );

    test("moves the focus through the whole page and back to the start", async () => {
      const page = await openPage("/", signedIn);
      await page.getByRole("row", { name: /unapproved/ }).waitFor();
      const stops: string[] = [];
      do {
        await page.keyboard.press("Tab");
        stops.push(
          await page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText"),
        );
      } while (stops.length < 90 && !stops.slice(1).includes("Skip to content"));
      expect(stops[0]).toBe("Skip to content");
      expect(stops).toEqual(expect.arrayContaining(["API keys", "Menu of Olive", "Add device", "Devices"]));
      expect(stops.at(-1)).toBe("Skip to content");
    });
  });
});
