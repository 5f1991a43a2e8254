import { readFile } from "node:fs/promises";
import { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import { findViolations } from "../harness/accessibility.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let world: DashboardWorld;
let browser: Browser;
let page: Page;
let deviceId: string;

beforeAll(async () => {
  world = await startDashboard();
  const device = await world.addDevice({ hostname: "db 1" });
  deviceId = device.id;
  const mounts = [
    "/",
    "/srv, data",
    "<b>bold</b>",
    ...Array.from({ length: 7 }, (_, index) => `/data${index}`),
  ];
  const series: Sample["series"] = {
    fileSystem: { names: mounts, used: mounts.map((_, index) => 95 - index), free: [5e9] },
    networkInterface: { names: ["eth0"], in: [2_000], out: [1_000] },
  };
  const now = Date.now();
  const samples: Sample[] = [now - DAY - 20 * MINUTE, now - 50 * MINUTE, now - 10 * MINUTE].map(
    (at, index) => ({
      at,
      cpu: 20 * (index + 1),
      memory: 31,
      disk: 95,
    }),
  );
  await device.report({ lane: "backfill", samples });
  const inventory = Inventory.parse({
    ...fullReport.inventory,
    hostname: "db 1",
    timeZone: "Pacific/Auckland",
  });
  await device.report({
    samples: [{ at: now, cpu: 12.5, memory: 31, disk: 95, load: 2, series }],
    inventory,
  });
  browser = await launchChromium();
  page = await browser.newPage({ timezoneId: "Europe/Berlin" });
  await signIn(page, world.url, EMAIL, PASSWORD);
  await page.goto(`${world.url}/devices/${deviceId}`);
});
afterAll(async () => {
  await browser.close();
  await world.remove();
});

const figure = (title: string) =>
  page.locator("figure").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
async function plotOf(title: string) {
  const area = figure(title).locator(".u-over");
  await area.scrollIntoViewIfNeeded();
  const plot = await area.boundingBox();
  if (!plot) throw new Error("The chart has no area.");
  return plot;
}
const query = () => new URL(page.url()).searchParams;
const group = (name: string) => page.getByRole("button", { name, exact: true });

it("draws the worst file systems by name, and others on request", async () => {
  await group("Disks").click();
  const fileSystems = figure("File systems");
  await fileSystems.getByText("/srv, data: last value 94%").waitFor({ state: "attached" });
  await fileSystems.getByText("<b>bold</b>: last value 93%").waitFor({ state: "attached" });
  await figure("Free space").getByText("/: last value 5 GB").waitFor({ state: "attached" });
  expect(await fileSystems.getByText("/data6: now").count()).toBe(0);
  await fileSystems.getByText("Shown: 8 of 10").click();
  const last = fileSystems.getByRole("checkbox", { name: "/data6" });
  expect(await last.isDisabled()).toBe(true);
  await fileSystems.getByRole("checkbox", { name: "/", exact: true }).uncheck();
  await last.check();
  await fileSystems.getByText("/data6: last value 86%").waitFor({ state: "attached" });
  await fileSystems.getByRole("button", { name: "Choose automatically" }).click();
  await fileSystems.getByText("/: last value 95%").waitFor({ state: "attached" });
});

it("draws both directions of an interface, and only metrics that the device has", async () => {
  await group("Network interfaces").click();
  await figure("Network interfaces")
    .getByText("eth0 received: last value 2 kB/s")
    .waitFor({ state: "attached" });
  await figure("Network interfaces").getByText("eth0 sent: last value 1 kB/s").waitFor({ state: "attached" });
  await group("System").click();
  await figure("Load, 1 minute").waitFor();
  expect(await figure("Temperature").count()).toBe(0);
  expect(await figure("Memory").getByText("swap").count()).toBe(0);
});

it("has no barriers with everything open", async () => {
  expect(await findViolations(page)).toEqual([]);
});

it("zooms to a dragged span, which is in the address, and steps back", async () => {
  const plot = await plotOf("CPU");
  const y = plot.y + plot.height / 2;
  await page.mouse.move(plot.x + plot.width * 0.75, y);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.9, y, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=/);
  const lengthMs = Date.parse(query().get("to") ?? "") - Date.parse(query().get("from") ?? "");
  expect(lengthMs).toBeGreaterThan(7 * MINUTE);
  expect(lengthMs).toBeLessThan(11 * MINUTE);
  await figure("CPU").getByText("CPU: last value 60%").waitFor({ state: "attached" });
  expect(query().get("charts")).toBe("disks,interfaces,system");
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has("from"));
  await figure("CPU").getByText("CPU: now 13%").waitFor({ state: "attached" });
});

it("steps earlier and later without the pointer, never into the future", async () => {
  await page.getByRole("button", { name: "Earlier" }).press("Enter");
  await page.waitForURL(/from=/);
  await figure("CPU").getByText("CPU: last value 40%").waitFor({ state: "attached" });
  for (let step = 0; step < 3; step += 1) await page.getByRole("button", { name: "Later" }).press("Enter");
  await figure("CPU").getByText("CPU: last value 13%").waitFor({ state: "attached" });
  expect(Date.parse(query().get("to") ?? "")).toBeLessThanOrEqual(Date.now() + 1_000);
});

it("shows a period of the user's own", async () => {
  await page.getByRole("button", { name: "Choose a period" }).click();
  await page.getByLabel("From").fill("2026-02-01T10:00");
  await page.getByLabel("To", { exact: true }).fill("2026-02-01T09:00");
  await page.getByText("The end must be after the start.").waitFor();
  expect(await page.getByRole("button", { name: "Show", exact: true }).isDisabled()).toBe(true);
  await page.getByLabel("To", { exact: true }).fill("2026-02-01T12:00");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/from=/);
  await page.getByText("Feb 1, 2026, 10:00 AM – Feb 1, 2026, 12:00 PM").waitFor();
  await figure("CPU").getByText("No data in this range").first().waitFor();
  expect([query().get("from"), query().get("to")]).toEqual([
    "2026-02-01T09:00:00.000Z",
    "2026-02-01T11:00:00.000Z",
  ]);
  await page.getByRole("button", { name: "Your time: Europe/Berlin" }).click();
  await page.getByText("Feb 1, 2026, 10:00 PM – Feb 2, 2026, 12:00 AM").waitFor();
  await page.getByRole("button", { name: "Device time: Pacific/Auckland" }).click();
});

it("compares with the day before", async () => {
  await page.getByText("1 h", { exact: true }).click();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const isOfYesterday = (url: URL) =>
    url.pathname.endsWith("/history") &&
    Date.parse(url.searchParams.get("to") ?? "") < Date.now() - DAY + MINUTE;
  const [read] = await Promise.all([
    page.waitForResponse((response) => isOfYesterday(new URL(response.url()))),
    page.getByRole("menuitem", { name: "Compared with the day before" }).click(),
  ]);
  const { series } = await read.json();
  expect(series.cpu.avg).toContain(20);
  expect(query().get("compare")).toBe("day");
  const plot = await plotOf("CPU");
  await page.mouse.move(plot.x + plot.width * (40 / 60), plot.y + 20);
  await figure("CPU").getByText("(20%)").waitFor();
  await figure("CPU").getByText("Compared with the day before").waitFor({ state: "attached" });
  await figure("CPU").getByText("CPU: last value 20%").waitFor({ state: "attached" });
});

it("never shows the previous curve for a period that cannot be read", async () => {
  await page.route(/\/history\?/, (route) => route.fulfill({ status: 500, json: {} }));
  await page.getByText("30 d", { exact: true }).click();
  await page.getByRole("button", { name: "Try again" }).first().waitFor();
  expect(await figure("CPU").count()).toBe(0);
  await page.unroute(/\/history\?/);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await figure("CPU").getByText("CPU: now").waitFor({ state: "attached" });
});

it("exports a chart as CSV and as an image", async () => {
  await page.getByText("1 h", { exact: true }).click();
  await figure("CPU").getByText("CPU: now 13%").waitFor({ state: "attached" });
  async function download(item: string) {
    await page.getByRole("button", { name: "Export CPU" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }
  const csv = await download("Export CSV");
  expect(csv.name).toMatch(/^muster-db-1-CPU-\d{4}-\d\d-\d\d\.csv$/);
  const [header, ...rows] = csv.bytes.toString("utf8").trim().split("\r\n");
  expect(header).toBe('"time","cpu_percent"');
  expect(rows.map((row) => row.split(",")[1])).toEqual(['"40"', '"60"', '"12.5"']);
  const image = await download("Export image");
  expect(image.name).toMatch(/\.png$/);
  expect(image.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
});
