import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { type PathProxy, startPathProxy } from "../harness/path-proxy.ts";
import { signIn } from "../harness/sign-in.ts";
import { type PageErrors, watchPage } from "../harness/watch-page.ts";

const START_MS = 120_000;

let browser: Browser;
let proxy: PathProxy;
let world: DashboardWorld;
let page: Page;
let linkErrors: PageErrors;
let pageErrors: PageErrors;

beforeAll(async () => {
  browser = await launchChromium();
  proxy = await startPathProxy("/tools/muster", "removes");
  world = await startDashboard({ MUSTER_PUBLIC_URL: `${proxy.url}/` });
  proxy.forwardTo(world.url);
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  linkErrors = await watchPage(page, /status of 401/);
}, START_MS);
afterAll(async () => {
  await browser.close();
  await world.remove();
  await proxy.close();
});

test("the page of API keys links to the API document, which the server itself shows below its path", async () => {
  await signIn(page, proxy.url, EMAIL, PASSWORD);
  await page.goto(`${proxy.url}/settings/keys`);
  const popup = page.waitForEvent("popup");
  await page.getByRole("link", { name: "API documentation" }).click();
  page = await popup;
  pageErrors = await watchPage(page);
  await page.reload();
  await page.locator('.opblock-tag[data-tag="Devices"]').click();
  await page.locator(".opblock-summary-operation-id", { hasText: /^listDevices$/ }).waitFor();
  expect(page.url()).toBe(`${proxy.url}/api/docs`);
});

test("shows parameters with examples, and the payload of each type of action", async () => {
  await page.locator("#operations-Devices-listDevices .opblock-summary-control").click();
  await page.getByText("Devices with one of these tags.").waitFor();
  await page.locator('.opblock-tag[data-tag="Actions"]').click();
  await page.locator("#operations-Actions-requestActions .opblock-summary-control").click();
  await page.locator("#operations-Actions-requestActions .opblock-body").waitFor();
});

test("offers to send requests that only read", async () => {
  const devices = page.locator("#operations-Devices-listDevices");
  await devices.getByRole("button", { name: "Try it out" }).click();
  await devices.getByRole("button", { name: "Execute" }).click();
  await devices.locator(".live-responses-table").getByText("200", { exact: true }).waitFor();
  const actions = page.locator("#operations-Actions-requestActions");
  expect(await actions.getByRole("button", { name: "Try it out" }).count()).toBe(0);
});

test("shows no document that its address names", async () => {
  await page.goto(
    `${proxy.url}/api/docs?url=https://evil.example/openapi.json&configUrl=https://evil.example/c.json`,
  );
  await page.locator('.opblock-tag[data-tag="Devices"]').click();
  await page.locator(".opblock-summary-operation-id", { hasText: /^listDevices$/ }).waitFor();
});

test("breaks no rule of the content security policy and loads nothing from elsewhere", () => {
  expect([...linkErrors, ...pageErrors, ...proxy.strayTargets]).toEqual([]);
});
