import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { InboxMessage, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WINDOW_NAMES, type WindowState } from "../../desktop-agent/src/electron/ipc-contract.ts";
import { makeLocalView } from "../../desktop-agent/src/electron/model/local-view.factory.ts";
import { bundledTray } from "../harness/bundled-tray.ts";
import { launchChromium } from "../harness/chromium.ts";
import { openTrayWindow } from "../harness/tray-window.ts";

const HOUR_MS = 3_600_000;
const MOST_BYTES = 150_000;

const stateOf = (changes: Parameters<typeof makeLocalView>[0] = {}): WindowState => ({
  view: makeLocalView(changes),
  role: "embedded-engine",
  language: "en",
  locale: "en-GB",
  settings: {
    language: null,
    opensAtLogin: true,
    canChangeOpensAtLogin: true,
    secretsKept: "key-store",
  },
});
const done = { kind: "done" } as const;
const message = (id: string, changes: Partial<InboxMessage> = {}): InboxMessage => ({
  id,
  askedBy: "Ann",
  title: id,
  text: "Please read this.",
  urgency: "normal",
  buttons: [],
  receivedAtMs: Date.now(),
  shownAtMs: null,
  readAtMs: null,
  pressed: null,
  isAnswerable: false,
  ...changes,
});

describe("a window of the tray", { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    [browser] = await Promise.all([launchChromium(), bundledTray()]);
  }, 120_000);
  afterAll(() => browser?.close());

  it.each(WINDOW_NAMES)("loads at most 150 KB compressed: %s", async (name) => {
    const folder = path.join(await bundledTray(), "renderer");
    const html = await readFile(path.join(folder, `${name}.html`), "utf8");
    const linked = [...html.matchAll(/"\.\/(assets\/[^"]+)"/g)].map(([, file]) => file ?? "");
    const fonts = (await readdir(path.join(folder, "assets"))).filter((file) =>
      /-latin-wght.*\.woff2$/.test(file),
    );
    const files = [`${name}.html`, ...new Set(linked), ...fonts.map((font) => `assets/${font}`)];
    const sizes = await Promise.all(
      files.map(async (file) => gzipSync(await readFile(path.join(folder, file))).byteLength),
    );
    expect(sizes.length).toBeGreaterThan(4);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  it("closes on Esc, but not if Esc closes a dialog or clears a search", async () => {
    const setup = await openTrayWindow(browser, "setup", stateOf(), {});
    await setup.page.getByRole("button", { name: "Leave this server" }).click();
    await setup.page.keyboard.press("Escape");
    await expect.poll(() => setup.page.getByRole("dialog").count()).toBe(0);
    expect(setup.requests).not.toContainEqual(["close-window"]);
    await setup.page.keyboard.press("Escape");
    await expect.poll(() => setup.requests).toContainEqual(["close-window"]);

    const part = { run: "a", text: "one\n", fromByte: 0, toByte: 4, sizeBytes: 4 };
    const log = await openTrayWindow(browser, "log", stateOf(), {
      "read-log": ({ kind }) => (kind === "end" ? part : { ...part, text: "", fromByte: 4 }),
    });
    const search = log.page.getByLabel("Search", { exact: true });
    await search.fill("one");
    await search.press("Escape");
    expect(await search.inputValue()).toBe("");
    expect(log.requests).not.toContainEqual(["close-window"]);
    expect([...setup.pageErrors, ...log.pageErrors]).toEqual([]);
  });

  it("retries what could not be loaded", async () => {
    let tries = 0;
    const { page } = await openTrayWindow(browser, "messages", stateOf(), {
      "read-messages": () => {
        tries += 1;
        if (tries === 1) throw new Error("not now");
        return [];
      },
    });
    await page.getByText("This could not be loaded.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("No messages").waitFor();
  });

  it("marks a message as read when it was visible, and not one that is not visible", async () => {
    const long = message("0198c0de-0000-7000-8000-000000000001", { text: "word ".repeat(700) });
    const below = message("0198c0de-0000-7000-8000-000000000002");
    const { page, requests } = await openTrayWindow(browser, "messages", stateOf(), {
      "read-messages": () => [long, below],
      "mark-read": () => done,
    });
    await expect.poll(() => requests).toContainEqual(["mark-read", long.id]);
    expect(requests).not.toContainEqual(["mark-read", below.id]);
    await page.getByRole("heading", { name: below.id }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 5_000);
    await expect.poll(() => requests).toContainEqual(["mark-read", below.id]);
  });

  it("explains why a request was refused", async () => {
    const { page } = await openTrayWindow(browser, "status", stateOf(), {
      "read-hour": () => [],
      pause: () => ({ kind: "refused", why: "not-at-console", message: null }),
    });
    await page.getByRole("button", { name: "30 minutes" }).click();
    await page.getByText("Only the user at this computer can do this.").waitFor();
  });

  it("switches the language immediately", async () => {
    const { page, push, pageErrors } = await openTrayWindow(browser, "reboot", stateOf(), {});
    await page.getByText("No reboot is planned").waitFor();
    await push("state-changed", { ...stateOf(), language: "fr", locale: "fr-FR" });
    await expect.poll(() => page.evaluate("document.documentElement.lang")).toBe("fr");
    expect(await page.getByText("No reboot is planned").count()).toBe(0);
    expect(pageErrors).toEqual([]);
  });

  it("translates the lines of the log again in another language", async () => {
    const text = "2026-01-15T12:00:00.000Z WARN The disk is slow.\n";
    const part = { run: "a", text, fromByte: 0, toByte: text.length, sizeBytes: text.length };
    const { page, push } = await openTrayWindow(browser, "log", stateOf(), {
      "read-log": ({ kind }) => (kind === "end" ? part : { ...part, text: "", fromByte: text.length }),
    });
    await page.getByText("warning The disk is slow.").waitFor();
    await push("state-changed", { ...stateOf(), language: "fr", locale: "fr-FR" });
    await page.getByText("avertissement The disk is slow.").waitFor();
    expect(await page.getByText("warning The disk is slow.").count()).toBe(0);
  });

  describe("about a reboot", () => {
    const reboot: PlannedReboot = {
      actionId: "0198c0de-0000-7000-8000-000000000003",
      askedBy: "Ann",
      reason: "Updates",
      dueAtMs: Date.now() + HOUR_MS / 2,
      latestAtMs: Date.now() + 2 * HOUR_MS,
      postponementsLeft: 1,
      warnings: ["disk-password"],
    };
    const openReboot = (changes: Partial<PlannedReboot> = {}) =>
      openTrayWindow(browser, "reboot", stateOf({ reboot: { ...reboot, ...changes } }), {
        postpone: () => done,
      });

    it("reboots now only after a confirmation", async () => {
      const { page, requests } = await openReboot();
      await page.getByText("After the reboot, the computer waits").waitFor();
      await page.getByRole("button", { name: "Now", exact: true }).click();
      await page.getByRole("button", { name: "Cancel" }).click();
      expect(requests.some(([channel]) => channel === "postpone")).toBe(false);
      await page.getByRole("button", { name: "Now", exact: true }).click();
      await page.getByRole("button", { name: "Reboot now" }).click();
      await page.getByText("The computer is rebooting.").waitFor();
      expect(requests).toContainEqual(["postpone", reboot.actionId, expect.any(Number)]);
    });

    it("does not request a time that is not allowed, and explains why", async () => {
      const { page, requests } = await openReboot({ postponementsLeft: 0 });
      const hour = page.getByRole("button", { name: "In 1 hour" });
      expect(await hour.getAttribute("aria-disabled")).toBe("true");
      await hour.click({ force: true });
      await page.getByText("The reboot can no longer be postponed.").waitFor();
      expect(requests.some(([channel]) => channel === "postpone")).toBe(false);
    });

    it("accepts only a time within the range", async () => {
      const { page, requests } = await openReboot();
      await page.getByRole("button", { name: "Pick a time" }).click();
      const field = page.getByLabel("Day and time of the reboot");
      const latest = await field.getAttribute("max");
      await field.fill("2099-01-01T00:00");
      await page.getByRole("button", { name: "Set time" }).click();
      await page.getByText(/^Choose a time between/).waitFor();
      expect(requests.some(([channel]) => channel === "postpone")).toBe(false);
      await field.fill(latest ?? "");
      await page.getByRole("button", { name: "Set time" }).click();
      await page.getByText(/^The reboot is now planned for/).waitFor();
      const [, , toMs] = requests.find(([channel]) => channel === "postpone") ?? [];
      expect(toMs).toBeLessThanOrEqual(reboot.latestAtMs);
    });
  });

  it("checks for missing entries before it contacts the server, and shows the result of each step", async () => {
    const state = stateOf({ enrolled: null, state: { kind: "not-enrolled", reason: null }, latest: null });
    const { page, requests } = await openTrayWindow(browser, "setup", state, {
      "test-setup": () => [
        { step: "address", result: "failed", problem: { code: "not-found", detail: "ENOTFOUND" } },
        { step: "certificate", result: "skipped", problem: null },
      ],
      enrol: () => ({ kind: "enrolled", organization: "Harbour <b>", isApproved: false }),
    });
    await page.getByRole("button", { name: "Test" }).click();
    expect(await page.evaluate("document.activeElement.name")).toBe("server");
    expect(requests.some(([channel]) => channel === "test-setup")).toBe(false);
    await page.getByLabel("Server address").fill("muster.example.com");
    await page.getByLabel("Token", { exact: true }).fill(" mt_token ");
    await page.getByRole("button", { name: "Test" }).click();
    await page.getByText("No server was found with this name.").waitFor();
    const form = {
      server: "https://muster.example.com",
      token: "mt_token",
      caPem: null,
      isInsecureHttpAllowed: false,
    };
    expect(requests).toContainEqual(["test-setup", form]);
    await page.getByRole("button", { name: "Save and join" }).click();
    await page.getByText("This computer has joined Harbour <b>.").waitFor();
    await page.getByText(/^IT still has to approve/).waitFor();
  });
});
