import { readFile } from "node:fs/promises";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { findBarriers } from "../harness/accessibility.ts";
import { signIn } from "../harness/sign-in.ts";

let world: DashboardWorld;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startDashboard();
  const device = await world.addDevice();
  const mounts = [
    "/",
    "/srv, data",
    "<b>bold</b>",
    ...Array.from({ length: 7 }, (_, index) => `/data${index}`),
  ];
  const series: Sample["series"] = {
    fileSystem: { names: mounts, used: mounts.map((_, index) => 95 - index) },
    networkInterface: { names: ["eth0"], in: [2_000], out: [1_000] },
  };
  await device.report({ samples: [{ at: Date.now(), cpu: 12.5, memory: 31, disk: 95, load: 2, series }] });
  browser = await launchChromium();
  page = await browser.newPage();
  await signIn(page, world.url, EMAIL, PASSWORD);
  await page.goto(`${world.url}/devices/${device.id}`);
});
afterAll(async () => {
  await browser.close();
  await world.remove();
});

const figure = (title: string) =>
  page.locator("figure").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

it("draws the worst file systems by name, and others on request", async () => {
  await page.getByRole("button", { name: "More charts" }).click();
  const fileSystems = figure("File systems");
  await fileSystems.getByText("/srv, data: now 94%").waitFor({ state: "attached" });
  await fileSystems.getByText("<b>bold</b>: now 93%").waitFor({ state: "attached" });
  expect(await fileSystems.getByText("/data6: now").count()).toBe(0);
  await fileSystems.getByText("Shown: 8 of 10").click();
  const last = fileSystems.getByRole("checkbox", { name: "/data6" });
  expect(await last.isDisabled()).toBe(true);
  await fileSystems.getByRole("checkbox", { name: "/", exact: true }).uncheck();
  await last.check();
  await fileSystems.getByText("/data6: now 86%").waitFor({ state: "attached" });
  await fileSystems.getByRole("button", { name: "Choose automatically" }).click();
  await fileSystems.getByText("/: now 95%").waitFor({ state: "attached" });
});

it("draws both directions of an interface, and only metrics that the device has", async () => {
  await figure("Network interfaces").getByText("eth0 received: now 2 kB/s").waitFor({ state: "attached" });
  await figure("Network interfaces").getByText("eth0 sent: now 1 kB/s").waitFor({ state: "attached" });
  await figure("Load, 1 minute").waitFor();
  expect(await figure("Temperature").count()).toBe(0);
  expect(await figure("Memory").getByText("swap").count()).toBe(0);
});

it("exports the shown range as CSV", async () => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^muster-host-[0-9a-f]{6}-1h-\d{4}-\d\d-\d\d\.csv$/);
  const [header, row, ...rest] = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(header).toContain('"time","cpu_percent","memory_percent","disk_percent"');
  expect(row).toMatch(/^"\d{4}-\d\d-\d\dT[\d:.]+Z","12.5","31","95"$/);
  expect(rest).toEqual([]);
});

it("has no barriers with everything open", async () => {
  expect(await findBarriers(page)).toEqual([]);
});
