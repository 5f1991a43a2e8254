import { AlarmDetail } from "@muster/shared/contracts/alarm.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import {
  type DashboardWorld,
  EMAIL,
  PASSWORD,
  type ScriptedDevice,
  startDashboard,
} from "../harness/dashboard-world.ts";
import { reportAlarm } from "../harness/report-alarm.ts";
import { signIn } from "../harness/sign-in.ts";

const VIEWER = "vera@example.org";
/** Watching needs a mail server. This one is never reached. */
const MAIL = { MUSTER_SMTP_URL: "smtp://127.0.0.1:9", MUSTER_MAIL_FROM: "muster@example.org" };

/** Stands for the browser's notifications, which a test cannot see. */
const RECORD_NOTIFICATIONS = `
  globalThis.shownNotifications = [];
  globalThis.Notification = class extends EventTarget {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(title, { tag, body }) { super(); shownNotifications.push({ title, tag, body }); }
    close() {}
  };`;

describe("the dashboard's alarms", { timeout: 60_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
  let device: ScriptedDevice;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(MAIL), launchChromium()]);
    const viewer = ["--org", world.orgId, "--email", VIEWER, "--name", "Vera", "--role", "viewer"];
    await world.shell.run(["user", "create", ...viewer, "--password-stdin"], { stdin: PASSWORD });
    const first = await browser.newContext({ locale: "en-US" });
    await signIn(await first.newPage(), world.url, EMAIL, PASSWORD);
    signedIn = await first.storageState();
    await first.close();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });
  beforeEach(async () => {
    device = await world.addDevice();
    await device.report();
    context = await browser.newContext({
      locale: "en-US",
      viewport: { width: 1440, height: 900 },
      storageState: signedIn,
    });
    page = await context.newPage();
    return () => context.close();
  });

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${world.url}/api/v1/alarms${path}`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(200);
    return answer.json();
  }
  /** Opens an alarm about the device of the test, or ends it. */
  const report = (text: string, change: { severity?: "warning"; state?: "ended" } = {}) =>
    reportAlarm(world, { text, severity: "critical", deviceId: device.id, ...change });
  const open = (path: string) => page.goto(world.url + path);
  const row = (text: string) => page.getByRole("row").filter({ hasText: text });
  const list = () => `/alarms?device=${device.id}`;
  const count = () => page.getByRole("link", { name: /^Alarms/ });
  const toast = (text: string) => page.getByRole("status").filter({ hasText: text });

  it("appear and end in the list and its counts by themselves, and stay under the pointer", async () => {
    await open(list());
    await page.getByText("No matching alarms").waitFor();
    await report("Backup failed");
    await row("Backup failed").getByRole("gridcell", { name: "critical" }).waitFor();
    await expect.poll(() => count().textContent()).toMatch(/that nobody has acknowledged/);
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) Alarms · Muster$/);
    await row("Backup failed").hover();
    await report("Backup failed", { state: "ended" });
    await row("Backup failed").getByText("No longer matches").waitFor();
    await page.mouse.move(2, 2);
    await page.getByText("No matching alarms").waitFor();
    await page.getByRole("button", { name: "Ended" }).click();
    await row("Backup failed").getByText("Back to normal").waitFor();
    expect(page.url()).toContain("state=ended");
  });

  it("are reached, acknowledged, undone and opened by the keyboard", async () => {
    const id = await report("Disk broken");
    await report("Fan broken", { severity: "warning" });
    await open(list());
    await row("Fan broken").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    await row("Disk broken").getByText("acknowledged by Olive").waitFor();
    await toast("Alarm acknowledged").getByRole("button", { name: "Undo" }).click();
    await row("Disk broken").getByText("open", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Disk broken" }).waitFor();
    expect(page.url()).toContain(id);
  });

  it("are changed together, and each that is refused is named with its reason", async () => {
    await report("First");
    const second = await report("Second");
    await open(list());
    for (const name of ["First", "Second"]) await row(name).getByRole("checkbox").check();
    await page.getByRole("toolbar").getByRole("button", { name: "Resolve" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("It stays quiet until its condition has cleared once").waitFor();
    await ask("POST", `/${second}/resolve`, {});
    await dialog.getByLabel("Note").fill("replaced");
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await dialog.getByText("1 alarm was not changed:").waitFor();
    await expect.poll(() => dialog.getByRole("listitem").innerText()).toContain("It has already ended.");
    await toast("Alarm resolved").waitFor();
  });

  it("have a page with what was done and by whom, and with what else happened", async () => {
    const id = await report("Database down");
    await report("Replica down", { severity: "warning" });
    await open(`/alarms/${id}`);
    const timeline = page.getByRole("list", { name: "Timeline" });
    await timeline.getByText("Opened", { exact: true }).waitFor();
    await page.getByRole("list", { name: "Other alarms of this device" }).getByText("Replica down").waitFor();
    await page.getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("dialog").getByLabel("Note").fill("<b>vendor</b> is on it");
    await page.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
    await page.getByText("Nobody is notified about this alarm until").waitFor();
    await timeline.getByText("<b>vendor</b> is on it").waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Assign" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
    await timeline.getByText("Assigned to Olive").waitFor();
    const { assignee, mutedBy } = AlarmDetail.parse(await ask("GET", `/${id}`));
    expect([assignee?.name, mutedBy]).toEqual(["Olive", "snooze"]);
    await page.getByRole("list", { name: "Other alarms of this device" }).getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Replica down" }).waitFor();
  });

  it("are silenced from their page, listed with what the silence matches, and told of again after its end", async () => {
    await open(`/alarms/${await report("Switch unstable")}`);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Silence…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: /^All alarms of / }).check({ force: true });
    await dialog.getByText("1 open alarm", { exact: true }).waitFor();
    await dialog.getByLabel("Comment").fill("The switch is being replaced");
    await dialog.getByRole("button", { name: "Silence", exact: true }).click();
    await page.getByText(/silenced it: nobody is notified until/).waitFor();

    await page.getByRole("link", { name: "Silences" }).last().click();
    const silence = page.getByRole("row", { name: /The switch is being replaced/ });
    await silence.getByRole("link", { name: "Switch unstable" }).waitFor();
    await silence.getByRole("button", { name: "Change" }).click();
    await dialog.getByLabel("Comment").fill("The switch was replaced");
    await dialog.getByRole("button", { name: "Save" }).click();
    const changed = page.getByRole("row", { name: /The switch was replaced/ });
    await changed.getByRole("button", { name: "End now" }).click();
    await dialog.getByRole("button", { name: "End now" }).click();
    await page.getByText("No silences", { exact: true }).waitFor();
    await page.getByRole("combobox", { name: "State" }).click();
    await page.getByRole("option", { name: "Ended" }).click();
    await changed.getByText(/ended .* by/).waitFor();
    await page.goBack();
    await page.getByText(/silenced it/).waitFor({ state: "hidden" });
  });

  it("can be watched until their end, like their device", async () => {
    for (const [path, name] of [
      [`/alarms/${await report("Job stuck")}`, "Tell me when it ends"],
      [`/devices/${device.id}`, "Tell me when it goes offline"],
    ] as const) {
      await open(path);
      const bell = page.getByRole("button", { name, exact: true });
      await bell.click();
      await toast("You will be told of it once.").waitFor();
      await page.reload();
      await page.getByRole("button", { name, pressed: true }).click();
      await toast("You will not be told of it.").waitFor();
      await page.getByRole("button", { name, pressed: false }).waitFor();
    }
  });

  it("are shown on the page of their device, and described beside its charts", async () => {
    await report("Raid degraded");
    await report("Tape jammed");
    await report("Tape jammed", { state: "ended" });
    await open(`/devices/${device.id}`);
    await page.getByText("1 open alarm:").waitFor();
    const marks = page.getByRole("list", { name: "Alarms in this period" });
    await expect.poll(() => marks.innerText()).toMatch(/critical: Raid degraded, since .*, still open/);
    await page.getByRole("tab", { name: "Alarms" }).click();
    await page.getByRole("grid", { name: "Open alarms" }).getByText("Raid degraded").waitFor();
    await page.getByRole("grid", { name: "Ended alarms" }).getByText("Tape jammed").waitFor();
  });

  it("offer a viewer nothing but to read", async () => {
    const id = await report("Seen by all");
    const other = await browser.newContext({ locale: "en-US" });
    onTestFinished(() => other.close());
    page = await other.newPage();
    await signIn(page, world.url, VIEWER, PASSWORD);
    await open(list());
    await row("Seen by all").waitFor();
    expect(await page.getByRole("checkbox").count()).toBe(0);
    await open(`/alarms/${id}`);
    await page.getByRole("list", { name: "Timeline" }).waitFor();
    expect(await page.getByRole("button", { name: "Acknowledge" }).count()).toBe(0);
  });

  it("are notifications of the browser, shown by one of its tabs and by the next one after it", async () => {
    await context.addInitScript(RECORD_NOTIFICATIONS);
    const baselineOf = (tab: Page) =>
      tab.waitForResponse((answer) => /[?&]severity=critical.*sort=opened/.test(answer.url()));
    const shownIn = (tab: Page) => tab.evaluate("globalThis.shownNotifications");
    await open("/alarms");
    await page.getByRole("button", { name: "Notifications" }).click();
    const before = baselineOf(page);
    await page.getByRole("switch", { name: "Notify me in this browser" }).click();
    await before;
    const other = await context.newPage();
    await other.goto(`${world.url}/alarms`);
    const waiting = () => other.evaluate(async () => (await navigator.locks.query()).pending?.length);
    await expect.poll(waiting).toBe(1);

    await report("Only a warning", { severity: "warning" });
    const id = await report("Server room on fire");
    await expect
      .poll(() => shownIn(page))
      .toEqual([{ title: "Server room on fire", tag: `muster-alarm-${id}`, body: device.name }]);
    const takenOver = baselineOf(other);
    await page.close();
    await takenOver;
    await report("Second fire");
    await expect.poll(() => shownIn(other)).toEqual([expect.objectContaining({ title: "Second fire" })]);
  });
});
