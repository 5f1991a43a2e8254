import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAgentHomeFolder } from "../harness/agent-process.ts";
import { launchChromium } from "../harness/chromium.ts";
import {
  type DashboardWorld,
  EMAIL,
  PASSWORD,
  type ScriptedDevice,
  startDashboard,
} from "../harness/dashboard-world.ts";
import { makeEnrolmentToken } from "../harness/enrol-device.ts";
import { type PathProxy, startPathProxy } from "../harness/path-proxy.ts";
import { signIn } from "../harness/sign-in.ts";
import { type PageErrors, watchPage } from "../harness/watch-page.ts";

const START_MS = 120_000;
const BASE = "/tools/muster";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
}, START_MS);
afterAll(() => browser.close());

describe.each(["keeps", "removes"] as const)("behind a proxy that %s the path", (style) => {
  let proxy: PathProxy;
  let world: DashboardWorld;
  let device: ScriptedDevice;
  let context: BrowserContext;
  let page: Page;
  let pageErrors: PageErrors;

  beforeAll(async () => {
    proxy = await startPathProxy(BASE, style);
    world = await startDashboard({ MUSTER_PUBLIC_URL: `${proxy.url}/` });
    proxy.forwardTo(world.url);
    device = await world.addDevice({ hostname: "behind-a-proxy" });
    context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    pageErrors = await watchPage(page);
  }, START_MS);
  afterAll(async () => {
    await context.close();
    await world.remove();
    await proxy.close();
  });

  test("shows the fleet after signing in, and keeps its cookie below the path", async () => {
    await page.goto(`${proxy.url}/devices/${device.id}`);
    await page.waitForURL(`${proxy.url}/login?next=${encodeURIComponent(`/devices/${device.id}`)}`);
    await signIn(page, proxy.url, EMAIL, PASSWORD);
    expect([proxy.url, `${proxy.url}/`]).toContain(page.url());
    await page.getByText("behind-a-proxy").first().waitFor();
    expect(await context.cookies(proxy.url)).toMatchObject([{ name: "muster_session", path: BASE }]);
  });

  test("receives changes by the stream", async () => {
    const score = page.locator('[data-device] [data-column="score"]');
    expect(await score.innerText()).not.toMatch(/\d/);
    await page.evaluate("window.isSamePage = true");
    await device.report();
    await expect.poll(() => score.innerText()).toMatch(/^\s*\d{1,3}\s*$/);
    expect(await page.evaluate("window.isSamePage")).toBe(true);
  });

  test("opens pages by links and by their addresses", async () => {
    await page.getByRole("link", { name: "behind-a-proxy" }).first().click();
    await page.waitForURL(`${proxy.url}/devices/${device.id}`);
    await page.getByRole("heading", { name: "behind-a-proxy" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "behind-a-proxy" }).waitFor();
    await page.goto(`${proxy.url}/settings`);
    await page.waitForURL(`${proxy.url}/settings/organization`);
    await page.goto(proxy.url);
    await page.getByRole("heading", { name: "Fleet" }).waitFor();
  });

  test("shows enrolment lines with the whole address", async () => {
    await page.goto(`${proxy.url}/settings/tokens`);
    await page.getByRole("button", { name: "Create token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Below a path");
    await dialog.getByRole("button", { name: "Create token" }).click();
    await dialog.getByText(`--server '${proxy.url}'`).first().waitFor();
    const args = ["token", "create", "--org", world.orgId];
    const environment = { MUSTER_PUBLIC_URL: proxy.url };
    expect((await world.shell.run(args, { environment })).out).toContain(proxy.url);
  });

  test("describes the API with its path, and answers below it", async () => {
    const description = await (await fetch(`${proxy.url}/api/v1/openapi.json`)).json();
    expect(description.servers).toEqual([{ url: BASE }]);
    const manifest = await fetch(`${proxy.url}/manifest.webmanifest`);
    expect(await manifest.json()).toMatchObject({ start_url: ".", icons: [{ src: "logo.svg" }] });
    expect((await fetch(`${proxy.url}/assets/none.js`)).status).toBe(404);
  });

  test("accepts reports of an agent that enrolled with the whole address", async () => {
    const home = await makeAgentHomeFolder();
    const token = await makeEnrolmentToken(proxy.url, world.key);
    const enrolled = await home.start(["enrol", "--server", `${proxy.url}/`, "--token-stdin"], {
      stdin: `${token}\n`,
    }).ended;
    expect(enrolled).toMatchObject({ code: 0, stderr: "" });
    const { deviceId } = JSON.parse(await readFile(path.join(home.path, "identity.json"), "utf8"));
    const agent = home.start(["run"]);
    await expect
      .poll(async () => {
        const headers = { authorization: `Bearer ${world.key}` };
        const answer = await fetch(`${proxy.url}/api/v1/devices/${deviceId}`, { headers });
        return (await answer.json()).lastReportAt;
      })
      .not.toBeNull();
    await expect
      .poll(async () => {
        const answer = await fetch(`${world.url}/metrics`, {
          headers: { authorization: `Bearer ${await metricsKey()}` },
        });
        return (await answer.text()).includes("muster_agent_streams_open 1\n");
      })
      .toBe(true);
    await agent.stop();
    await home.remove();
  });

  let key: string | undefined;
  async function metricsKey(): Promise<string> {
    const args = ["key", "create", "--org", world.orgId, "--name", "metrics", "--scopes", "metrics"];
    key ??= (await world.shell.run(args, { json: true })).json.secret as string;
    return key;
  }

  test("signs out, and sent no request outside the path", async () => {
    await page.goto(proxy.url);
    await page.getByRole("heading", { name: "Fleet" }).waitFor();
    expect(pageErrors).toEqual([]);
    await page.getByRole("button", { name: /Olive/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(`${proxy.url}/login`);
    expect(await context.cookies(proxy.url)).toEqual([]);
    expect(proxy.strayTargets.filter((target) => target !== "/favicon.ico")).toEqual([]);
    // What was under way when the session ended is answered 401.
    expect(pageErrors.filter((error) => !error.includes("401"))).toEqual([]);
  });
});
