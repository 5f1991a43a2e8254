import { appendFile, rename, stat } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningApp } from "../harness/electron/start-app.ts";
import { obstacleToTray } from "../harness/installation.ts";
import { makeUserMachine, type UserMachine } from "../harness/user-machine.ts";
import { startTrayEnvironment, type TrayEnvironment } from "../harness/tray-environment.ts";

const MIB = 1_048_576;
const SIZE_BYTES = 50 * MIB;
/** A window that reads or renders the whole log blocks for many times as long. */
const LONGEST_STALL_MS = 1_500;
const MOST_HEAP_BYTES = 100 * MIB;

const logLine = (level: string, text: string) => `2026-11-20T10:02:00.400Z ${level.padEnd(5)} ${text}\n`;

const obstacle = obstacleToTray();
const title = `a log of 50 MB in its window${obstacle === null ? "" : ` (skipped: ${obstacle})`}`;

describe.skipIf(obstacle !== null)(title, { timeout: 120_000 }, () => {
  let environment: TrayEnvironment;
  let machine: UserMachine;
  let tray: RunningApp;
  let page: Page;
  let file: string;

  beforeAll(async () => {
    [environment, machine] = await Promise.all([startTrayEnvironment(), makeUserMachine()]);
    tray = await environment.startTray(machine);
    await tray.window("setup.html");
    file = `${machine.folder}/home/config/Muster/agent/logs/agent.log`;
    const thousand = Array.from({ length: 1000 }, (_, at) =>
      logLine(
        at % 100 === 0 ? "WARN" : "INFO",
        `Line ${at} says nothing in particular, as most of a log does.`,
      ),
    ).join("");
    const times = Math.ceil(SIZE_BYTES / thousand.length);
    await appendFile(file, thousand.repeat(times));
    await appendFile(file, logLine("ERROR", "The last of them"));
    await tray.ask("click-menu", ["View log"]);
    page = await tray.window("log.html");
    await page.evaluate(`
      globalThis.stalls = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) globalThis.stalls.push(duration);
      }).observe({ type: "longtask", buffered: true });
    `);
  }, 180_000);
  afterAll(async () => {
    await environment?.remove();
    await machine?.remove();
  });

  const row = (text: string) => page.locator("[data-number]", { hasText: text });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  // As the scroll bar does. Keys scroll smoothly, which the test does not wait for.
  const scrollToTop = () => page.evaluate(`document.querySelector("[role=region]").scrollTop = 0`);
  const read = (source: string) => page.evaluate<number>(source);

  it("opens at its end, and renders only the visible lines", async () => {
    expect((await stat(file)).size).toBeGreaterThan(SIZE_BYTES);
    await row("The last of them").waitFor();
    expect(await page.locator("[data-number]").count()).toBeLessThan(200);
  });

  it("follows new lines, and keeps its position while the user reads further up", async () => {
    await appendFile(file, logLine("INFO", "Written a moment ago"));
    await row("Written a moment ago").waitFor();
    await scrollToTop();
    await button("Jump to end").waitFor();
    await appendFile(file, logLine("INFO", "Written meanwhile"));
    await button("Jump to end").click();
    await row("Written meanwhile").waitFor();
  });

  it("loads earlier parts on request, and never the whole log", async () => {
    const lines = () => page.getByText(/^[\d,]+ lines$/).innerText();
    const before = await lines();
    await scrollToTop();
    await expect.poll(lines, { timeout: 30_000 }).not.toBe(before);
    for (let part = 0; part < 20; part += 1) await scrollToTop();
    expect(await read("performance.memory.usedJSHeapSize")).toBeLessThan(MOST_HEAP_BYTES);
    expect(await page.locator("[data-number]").count()).toBeLessThan(200);
    await button("Jump to end").click();
  });

  it("searches and filters by level", async () => {
    await page.getByLabel("Search", { exact: true }).fill("last of them");
    await page.getByText("1 match").waitFor();
    await page.getByLabel("Search", { exact: true }).fill("");
    await page.getByLabel("Show", { exact: true }).selectOption("error");
    await row("The last of them").waitFor();
    expect(await row("says nothing").count()).toBe(0);
    await page.getByLabel("Show", { exact: true }).selectOption("debug");
  });

  it("continues with a rotated log", async () => {
    await rename(file, `${file}.1`);
    await appendFile(file, logLine("INFO", "A new file begins"));
    await row("A new file begins").waitFor();
  });

  it("was never blocked", async () => {
    const stalls = await page.evaluate<number[]>("globalThis.stalls");
    expect(Math.max(0, ...stalls)).toBeLessThan(LONGEST_STALL_MS);
  });
});
