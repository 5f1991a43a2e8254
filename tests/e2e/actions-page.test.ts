import { type Action, ActionPage } from "@muster/shared/contracts/action.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import {
  type DashboardWorld,
  EMAIL,
  PASSWORD,
  type ScriptedDevice,
  startDashboard,
} from "../harness/dashboard-world.ts";

const SHOWN = {
  outcome: "done",
  result: { shown: [{ user: "ann", by: "notify-send" }], notShown: [], pressed: "Yes" },
} as const;

describe("actions in the dashboard", () => {
  let world: DashboardWorld;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    world = await startDashboard();
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    await page.goto(`${world.url}/login`);
    await page.getByLabel("E-mail").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Fleet" }).waitFor();
    return () => context.close();
  });

  async function addReporting(change: Parameters<DashboardWorld["addDevice"]>[0] = {}) {
    const device = await world.addDevice(change);
    await device.report();
    return device;
  }
  async function actionsOf(device: ScriptedDevice): Promise<Action[]> {
    const answer = await fetch(`${world.url}/api/v1/actions?deviceId=${device.id}`, {
      headers: { authorization: `Bearer ${world.key}` },
    });
    return ActionPage.parse(await answer.json()).items;
  }
  async function ask(device: ScriptedDevice, action: { type: string; payload: object }): Promise<void> {
    const answer = await fetch(`${world.url}/api/v1/actions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
      body: JSON.stringify({ ...action, deviceIds: [device.id] }),
    });
    expect(answer.status).toBe(201);
  }
  const dialog = () => page.getByRole("dialog");
  const toast = (words: RegExp) => page.getByRole("status").filter({ hasText: words });

  test("shows a message from the dialog to the end of its toast, across pages, and queues it once", async () => {
    const device = await addReporting();
    await page.goto(`${world.url}/devices/${device.id}`);
    await page.getByRole("button", { name: "Message", exact: true }).click();
    const send = dialog().getByRole("button", { name: "Message", exact: true });
    await send.click();
    await expect.poll(() => dialog().getByText("This field is required.").count()).toBe(2);

    await dialog().getByLabel("Title").fill("Hello");
    await dialog().getByLabel("Text").fill("First line\n<b>second</b>");
    await dialog().getByLabel("Buttons").fill("Yes");
    await page.keyboard.press("Enter");
    await send.dblclick();
    await toast(/pending/).waitFor();
    await page.getByRole("link", { name: "Fleet" }).click();

    const { nonce, orders } = await device.claim();
    expect(orders).toMatchObject([
      { payload: { title: "Hello", text: "First line\n<b>second</b>", buttons: ["Yes"], urgency: "normal" } },
    ]);
    const id = orders[0]?.actionId ?? "";
    await device.start(id, nonce);
    await toast(/executing/).waitFor();
    await device.progress(id, "shown", null);
    await device.finish(id, SHOWN);
    await toast(/done/).waitFor();
    expect(await actionsOf(device)).toHaveLength(1);

    await toast(/done/).getByRole("button", { name: "Open" }).click();
    const row = page.getByRole("list", { name: "Actions", exact: true }).locator("> li");
    await row.getByText(/Reply\s*Yes/).waitFor();
    const steps = row.getByRole("list", { name: "Timeline" });
    expect(await steps.innerText()).toMatch(/requested by Olive.*delivered.*started.*shown.*done/s);
  });

  test("shows live that a message waits for its answer and is read, and where it was shown", async () => {
    const device = await addReporting();
    await ask(device, {
      type: "message",
      payload: { title: "Lunch?", text: "Are you in?", buttons: ["Yes"] },
    });
    await page.goto(`${world.url}/devices/${device.id}`);
    await page.getByRole("tab", { name: "Actions" }).click();
    const row = page
      .getByRole("tabpanel")
      .getByRole("list", { name: "Actions", exact: true })
      .locator("> li");
    const steps = row.getByRole("list", { name: "Timeline" });
    const { nonce, orders } = await device.claim();
    const id = orders[0]?.actionId ?? "";
    expect(orders[0]?.askedBy).toBe("tests");
    await device.start(id, nonce);
    await device.progress(id, "shown", Date.now() + 24 * 3_600_000);
    await steps.getByText(/open for a reply until/).waitFor();

    const shown = [{ user: "ann", by: "tray" }];
    const notShown = [{ user: "bob", reason: "locked" }];
    await device.finish(id, { outcome: "done", result: { shown, notShown, pressed: null } });
    await steps.getByText(/open for a reply until/).waitFor({ state: "detached" });
    await device.progress(id, "read", null);
    await steps.getByText(/^read \d/).waitFor();
    expect(await steps.innerText()).toMatch(/shown.*done.*read/s);
    expect(await row.getByText("error").count()).toBe(0);

    await row.getByRole("button", { name: "Details" }).click();
    await row.getByText("Session of ann").waitFor();
    expect(await row.innerText()).toMatch(/Session of ann\s+shown in the tray app/);
    expect(await row.innerText()).toMatch(/Session of bob\s+not shown: locked/);
  });

  test("cancels what no device has fetched, and reports it", async () => {
    const device = await world.addDevice();
    await page.goto(`${world.url}/devices/${device.id}`);
    await page.getByRole("button", { name: "Restart agent" }).click();
    await dialog().getByRole("button", { name: "Restart agent" }).click();
    await dialog().waitFor({ state: "detached" });
    expect(await page.locator(":focus").innerText()).toBe("Restart agent");
    await page.getByRole("tab", { name: "Actions" }).click();
    await page.getByText("pending: device offline", { exact: true }).waitFor();
    await page.getByRole("button", { name: `Cancel Restart agent on ${device.name}` }).click();
    await toast(/cancelled/).waitFor();
    expect(await actionsOf(device)).toMatchObject([{ state: "cancelled" }]);
    await page.getByRole("tabpanel").getByText("cancelled").first().waitFor();
    expect(await page.getByRole("button", { name: /^Cancel Restart/ }).count()).toBe(0);
  });

  test("asks for the count before an action on twelve devices, and names the one that was refused", async () => {
    const ready = await Promise.all(
      Array.from({ length: 11 }, (_, index) => addReporting({ hostname: `bulk-${index}`, tags: ["bulk"] })),
    );
    await addReporting({ hostname: "bulk-unapproved", tags: ["bulk"], needsApproval: true });
    await page.goto(`${world.url}/?tag=bulk`);
    await page.getByRole("checkbox", { name: "Select all loaded devices" }).click();
    await page.getByRole("toolbar").getByText("12 selected").waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "Restart agent" }).click();

    const submit = dialog().getByRole("button", { name: "Restart agent" });
    await submit.waitFor();
    expect(await submit.isDisabled()).toBe(true);
    await dialog().getByLabel("Type 12 to confirm").fill("11");
    expect(await submit.isDisabled()).toBe(true);
    await dialog().getByLabel("Type 12 to confirm").fill("12");
    await submit.click();

    await dialog().getByText("Queued for 11 other devices.").waitFor();
    const refused = dialog().getByRole("listitem");
    expect(await refused.innerText()).toMatch(/bulk-unapproved\s+needs approval/);
    await dialog().getByRole("button", { name: "Close" }).last().click();

    await Promise.all(
      ready.map(async (device) => {
        const { nonce, orders } = await device.claim();
        for (const { actionId } of orders) {
          await device.start(actionId, nonce);
          await device.finish(actionId, { outcome: "done", result: { agentVersion: "0.1.0" } });
        }
      }),
    );
    await toast(/11 of 11 done/).waitFor();
  });

  test("asks for the name of a device that is tagged critical, and shows who is logged in before a reboot", async () => {
    const device = await world.addDevice({ hostname: "vault", tags: ["critical"] });
    await device.report({ facts: { user: "ann" } });
    await page.goto(`${world.url}/devices/${device.id}`);
    await page.getByRole("button", { name: "Reboot", exact: true }).click();
    await dialog().getByText("Logged in: ann").waitFor();
    const submit = dialog().getByRole("button", { name: "Reboot" });
    expect(await submit.isDisabled()).toBe(true);
    await dialog().getByLabel("Type the device's name to confirm").fill("vault");
    await submit.click();
    await toast(/Reboot · vault/).waitFor();
    expect(await actionsOf(device)).toMatchObject([{ type: "reboot", state: "pending" }]);
  });

  test("shows a request for several devices in one row, which is expanded, cancelled, found again and repeated", async () => {
    const devices = await Promise.all(["north", "south"].map((hostname) => addReporting({ hostname })));
    const [north] = devices;
    const request = { type: "message", payload: { title: "Fire drill", text: "At noon" } };
    const answer = await fetch(`${world.url}/api/v1/actions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
      body: JSON.stringify({ ...request, deviceIds: devices.map(({ id }) => id) }),
    });
    expect(answer.status).toBe(201);
    await page.goto(`${world.url}/actions`);
    const row = page.locator("main li").filter({ hasText: "Fire drill" }).first();
    await row.getByText("2 devices").waitFor();
    expect(await row.innerText()).toMatch(/requested by tests.*At noon.*2 pending/s);
    await row.getByRole("button", { name: "Show devices" }).click();
    await row.getByRole("link", { name: "south" }).waitFor();

    const { nonce, orders } = (await north?.claim()) ?? { nonce: "", orders: [] };
    await north?.start(orders[0]?.actionId ?? "", nonce);
    await north?.finish(orders[0]?.actionId ?? "", SHOWN);
    await row.getByText("1 done").waitFor();
    await row.getByRole("button", { name: "Cancel Message on all its devices" }).click();
    await dialog().getByText("1 action is unfinished.").waitFor();
    await dialog().getByRole("button", { name: "Cancel all" }).click();
    await row.getByText("1 cancelled").waitFor();

    await page.getByPlaceholder("Any device").fill("south");
    await page.getByRole("option", { name: "south" }).click();
    await page.getByPlaceholder("Anyone").click();
    await page.getByRole("option", { name: "tests" }).click();
    await page.waitForURL(/device=.*by=/);
    await page.reload();
    await row.getByRole("button", { name: "Repeat Message" }).click();
    await dialog().getByText("2 devices", { exact: true }).waitFor();
    expect(await dialog().getByLabel("Text").inputValue()).toBe("At noon");
    await dialog().getByRole("button", { name: "Message", exact: true }).click();
    await dialog().waitFor({ state: "detached" });
    await page.goto(`${world.url}/actions`);
    const repeated = page
      .locator("main li")
      .filter({ hasText: "requested by Olive" })
      .filter({ hasText: "Fire drill" });
    await repeated.getByText("2 pending").waitFor();
  });

  test("offers no actions to a viewer", async () => {
    const device = await addReporting();
    const viewer = ["--org", world.orgId, "--email", "vic@example.org", "--name", "Vic", "--role", "viewer"];
    await world.shell.run(["user", "create", ...viewer, "--password-stdin"], { stdin: PASSWORD });
    await page.getByRole("button", { name: "Menu of Olive" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("E-mail").fill("vic@example.org");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Fleet" }).waitFor();
    await page.goto(`${world.url}/devices/${device.id}?tab=actions`);
    await page.getByText("No actions on this device yet").waitFor();
    expect(await page.getByRole("button", { name: /Message|Restart agent|Reboot|More/ }).count()).toBe(0);
  });
});
