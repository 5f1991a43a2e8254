import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { type PushBrowser, type PushService, startPushService } from "../harness/push-service.ts";
import { reportAlarm } from "../harness/report-alarm.ts";
import { signIn } from "../harness/sign-in.ts";

/** What the service worker shows, as this browser without a screen shows no notifications. */
type Shown = { title: string; body: string; tag: string; silent: boolean };

type WorkerScope = EventTarget & {
  registration: ServiceWorkerRegistration;
  PushEvent: new (type: string, init: { data: string }) => Event;
  ExtendableEvent: new (type: string) => Event;
  shown?: Shown[];
};

/** Stands for the subscription at the push service of the browser's maker, which no test reaches. */
function subscribeTo({ endpoint, keys }: PushBrowser): void {
  Object.defineProperty(Notification, "permission", { get: () => "granted" });
  const stored = () => localStorage.getItem("test-subscribed");
  const subscription = {
    endpoint,
    options: { applicationServerKey: null },
    toJSON: () => ({ endpoint, keys }),
    async unsubscribe() {
      localStorage.removeItem("test-subscribed");
      return true;
    },
  };
  Object.assign(PushManager.prototype, {
    getSubscription: async () => (stored() === null ? null : subscription),
    async subscribe({ applicationServerKey }: { applicationServerKey: Uint8Array }) {
      localStorage.setItem("test-subscribed", String(applicationServerKey.length));
      return subscription;
    },
  });
}

const PATIENCE = { timeout: 20_000 };

describe("push notifications in the browser", { timeout: 60_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let service: PushService;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    service = await startPushService();
    [world, browser] = await Promise.all([
      startDashboard({ MUSTER_WEBHOOK_ALLOW_PRIVATE: "127.0.0.1/32" }),
      launchChromium(),
    ]);
    context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    await context.grantPermissions(["notifications"], { origin: world.url });
    await context.addInitScript(subscribeTo, service.subscribe());
    page = await context.newPage();
    await signIn(page, world.url, EMAIL, PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
    await service?.close();
  });

  const openDialog = async () => {
    await page.getByRole("button", { name: /Olive/ }).click();
    await page.getByRole("menuitem", { name: "Push notifications" }).click();
    return page.getByRole("switch", { name: "Push notifications in this browser" });
  };
  const isSubscribed = () => page.evaluate(() => localStorage.getItem("test-subscribed") !== null);

  async function ask(method: string, route: string, body?: unknown) {
    const answer = await page.request.fetch(`${world.url}/api/v1/${route}`, {
      method,
      headers: { origin: world.url },
      ...(body !== undefined && { data: body }),
    });
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  }
  const idsOnServer = async (): Promise<string[]> =>
    (await ask("GET", "push-subscriptions")).items.map(({ id }: { id: string }) => id);

  /** Gives what the push service got to the service worker, as the browser does. */
  async function deliver(content: unknown): Promise<Shown[]> {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    return worker.evaluate(async (data) => {
      const scope = globalThis as unknown as WorkerScope;
      const list = (scope.shown ??= []);
      scope.registration.showNotification = async (title, { body = "", tag = "", silent } = {}) => {
        list.push({ title, body, tag, silent: silent === true });
      };
      scope.dispatchEvent(new scope.PushEvent("push", { data }));
      return list;
    }, JSON.stringify(content));
  }

  it("are switched on, tested, and shown by the service worker: the end of an alarm in place of its beginning", async () => {
    const own = await openDialog();
    await own.click();
    const row = page.getByRole("listitem").filter({ hasText: "this browser" });
    await row.waitFor();
    expect(await own.isChecked()).toBe(true);
    await row.getByRole("button", { name: "Test" }).click();
    await row.getByText("The push service accepted the notification").waitFor();
    expect(service.received.at(-1)?.content).toMatchObject({ title: "Test message" });
    await page.keyboard.press("Escape");

    const device = await world.addDevice();
    const id = await reportAlarm(world, {
      text: "Server room on fire",
      deviceId: device.id,
      severity: "critical",
    });
    await expect.poll(() => service.received.at(-1)?.content.path, PATIENCE).toBe(`/alarms/${id}`);
    await deliver(service.received.at(-1)?.content);
    await ask("POST", `alarms/${id}/resolve`, {});
    await expect.poll(() => service.received.at(-1)?.content.severity, PATIENCE).toBe(null);
    const tag = `muster-alarm-${id}`;
    const title = expect.stringContaining("Server room on fire");
    expect(await deliver(service.received.at(-1)?.content)).toEqual([
      expect.objectContaining({ title, tag, silent: false }),
      expect.objectContaining({ title, tag, silent: true }),
    ]);
  });

  it("lead to their alarm when they are pressed, in the page that is open", async () => {
    const id = await reportAlarm(world, { text: "Backup failed" });
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    await worker.evaluate((path) => {
      const scope = globalThis as unknown as WorkerScope;
      const notification = { data: { path }, close: () => undefined };
      scope.dispatchEvent(Object.assign(new scope.ExtendableEvent("notificationclick"), { notification }));
    }, `/alarms/${id}`);
    await page.getByRole("heading", { name: "Backup failed" }).waitFor();
    expect(page.url()).toBe(`${world.url}/alarms/${id}`);
  });

  it("end when they are removed, and when the user signs out", async () => {
    expect(await isSubscribed()).toBe(true);
    const own = await openDialog();
    await page.getByRole("button", { name: "Remove" }).click();
    await expect.poll(isSubscribed).toBe(false);
    expect(await own.isChecked()).toBe(false);

    await own.click();
    await expect.poll(isSubscribed).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Olive/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await isSubscribed()).toBe(false);
    await signIn(page, world.url, EMAIL, PASSWORD);
    expect(await idsOnServer()).toEqual([]);
  });

  it("go on in the browser in which the password is changed", async () => {
    await (await openDialog()).click();
    await expect.poll(idsOnServer).toHaveLength(1);
    const [before] = await idsOnServer();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Olive/ }).click();
    await page.getByRole("menuitem", { name: "Change password" }).click();
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill(`another ${PASSWORD}`);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(idsOnServer).toEqual([expect.not.stringMatching(before ?? "")]);
    const own = await openDialog();
    expect(await own.isChecked()).toBe(true);
    await own.click();
    await expect.poll(idsOnServer).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("end when the server has ended them, and when a user of another organization signs in", async () => {
    await (await openDialog()).click();
    await expect.poll(idsOnServer).toHaveLength(1);
    const [id] = await idsOnServer();
    await ask("DELETE", `push-subscriptions/${id}`);
    await page.reload();
    await page.getByText("Push notifications in this browser have ended.").waitFor();
    expect(await isSubscribed()).toBe(false);

    await (await openDialog()).click();
    await expect.poll(isSubscribed).toBe(true);
    await context.clearCookies();
    const { orgId } = (await world.shell.run(["org", "create", "Contoso"], { json: true })).json;
    const vera = ["--org", orgId, "--email", "vera@example.org", "--name", "Vera", "--role", "viewer"];
    await world.shell.run(["user", "create", ...vera, "--password-stdin"], { stdin: PASSWORD });
    await signIn(page, world.url, "vera@example.org", PASSWORD);
    await expect.poll(isSubscribed).toBe(false);
  });
});
