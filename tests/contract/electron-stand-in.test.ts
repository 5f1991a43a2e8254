import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type RunningApp, startApp } from "../harness/electron/start-app.ts";

const folder = path.join(import.meta.dirname, "../harness/electron/fixture");
const PAGE = "fixture://windows/page.html";

describe("an app with the stand-in for Electron", () => {
  let browser: Browser;
  let home: string;
  let app: RunningApp;
  const start = () => startApp({ folder, browser, setting: { home }, env: { PATH: process.env["PATH"] } });
  /** Evaluates an expression in the page's main world. */
  const inPage = (page: Page, source: string) => page.evaluate(`(async () => ${source})()`);
  async function openWindow(): Promise<Page> {
    await app.ask("click-menu", ["Open"]);
    return app.window("page.html");
  }

  beforeAll(async () => {
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "muster-stand-in-"));
    app = await start();
    await app.until(() => app.tray().menu.length > 0);
  });
  afterEach(async () => {
    await app.kill();
    await rm(home, { recursive: true, force: true });
  });

  test("shows its tray, counts its updates, and clicks its menu", async () => {
    expect(app.tray()).toMatchObject({ tooltip: "A fixture", touches: 3, image: [{ scaleFactor: 1 }] });
    expect(app.tray().menu.map(({ label }) => label)).toEqual(["Open", "Say", "Quit", "Nothing"]);
    await expect(app.ask("click-menu", ["Nothing"])).rejects.toThrow("is disabled");
    await expect(app.ask("click-menu", ["Elsewhere"])).rejects.toThrow("no item");
    await app.ask("click-menu", ["Quit"]);
    expect(await app.exited).toBe(0);
  });

  test("exchanges cloned values by IPC, and sees errors with Electron's texts", async () => {
    const page = await openWindow();
    const answer = await inPage(
      page,
      `window.fixture.ask("echo", { at: new Date(5), none: undefined }, [1])`,
    );
    expect(answer).toEqual({ args: [{ at: new Date(5), none: undefined }, [1]], from: PAGE, isOwn: true });
    await page.getByText('[{"at":').waitFor();
    await expect(inPage(page, `window.fixture.ask("fail")`)).rejects.toThrow(
      "Error invoking remote method 'fail': TypeError: as asked",
    );
    await expect(inPage(page, `window.fixture.ask("absent")`)).rejects.toThrow(
      "No handler registered for 'absent'",
    );
    await expect(inPage(page, `window.fixture.ask("echo", () => 1)`)).rejects.toThrow();
    expect(await app.sendFrom("page.html", "echo", [1], "https://example.org/")).toMatchObject({
      isOwn: false,
    });
  });

  test("gives a page no access to Node or to the world of its preload script", async () => {
    const page = await openWindow();
    const names = `["require", "process", "module", "leaked"].map((name) => typeof globalThis[name])`;
    expect(await inPage(page, names)).toEqual(["undefined", "undefined", "undefined", "undefined"]);
    await expect(inPage(page, `window.fixture.tryToRequire("node:fs")`)).rejects.toThrow(
      "module not found: node:fs",
    );
    expect(await inPage(page, `Object.isFrozen(window.fixture)`)).toBe(true);
  });

  test("prevents the page from navigating, and restricts it to its own files and its policy", async () => {
    const page = await openWindow();
    await inPage(page, `{ location.href = "https://example.org/away"; }`);
    await app.until(() => app.records.some(({ kind }) => kind === "navigation-denied"));
    await inPage(page, `{ window.open("https://example.org/new"); }`);
    await app.until(() => app.records.some(({ kind }) => kind === "window-denied"));
    await expect(inPage(page, `fetch("https://example.org/")`)).rejects.toThrow();
    expect(
      await inPage(
        page,
        `{ try { document.body.innerHTML = "<b>x</b>"; } catch (error) { return error.name; } }`,
      ),
    ).toBe("TypeError");
    expect(await page.getByRole("heading").innerText()).toBe("A page");
  });

  test("simulates a desktop: notifications, dialogs, a clipboard, a key store, a screen lock", async () => {
    await app.ask("click-menu", ["Say", "Hello"]);
    await app.until(() => app.notifications().length === 1);
    const [said] = app.notifications();
    expect(said).toMatchObject({ title: "Fixture", body: "Hello", buttons: ["Well"] });
    await app.ask("act-on-notification", said?.id ?? 0, { what: "action", index: 0 });
    await app.until(() => app.tray().tooltip === "pressed 0");
    const page = await openWindow();
    app.choose(() => ({ path: "/tmp/there" }));
    expect(await inPage(page, `window.fixture.ask("save")`)).toEqual({
      canceled: false,
      filePath: "/tmp/there",
    });
    await inPage(page, `window.fixture.ask("copy", "some text")`);
    expect(app.records).toContainEqual({ kind: "clipboard", text: "some text" });
    expect(await inPage(page, `window.fixture.ask("seal", "secret")`)).toEqual([false, "secret"]);
    await app.ask("power", "lock-screen");
    await app.until(() => app.tray().tooltip === "locked");
  });

  test("runs only once", async () => {
    const second = await start();
    expect(await second.exited).toBe(0);
    expect(second.records).toContainEqual({ kind: "second-instance-refused" });
    await app.ask("start-again", []);
    await app.until(() => app.tray().tooltip === "again");
  });

  test("destroys a closed window", async () => {
    const page = await openWindow();
    const closed = new Promise((resolve) => page.once("close", resolve));
    await app.ask("close-window", 1);
    await closed;
    expect(app.openWindows()).toEqual([]);
  });
});
