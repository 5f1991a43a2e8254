import { appendFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import {
  CHANNEL_WINDOWS,
  type IpcChannel,
  WINDOW_NAMES,
  type WindowName,
} from "../../desktop-agent/src/electron/ipc-contract.ts";
import type { RunningApp } from "../harness/electron/start-app.ts";
import { obstacleToTray } from "../harness/installation.ts";
import { makeUserMachine, type UserMachine } from "../harness/user-machine.ts";
import { startTrayEnvironment, type TrayEnvironment } from "../harness/tray-environment.ts";

/** Markup, a template of the translations, and a direction mark; as long as a button may be. */
const MARKUP = "<img src=x onerror=hit()>$t(x){{y}}";
const HOSTILE = `${MARKUP}\u202e`;
const ORDER = {
  title: HOSTILE,
  text: `${HOSTILE}\n<script>hit()</script>`,
  urgency: "low",
  buttons: [HOSTILE],
};
const SOME_ID = "01890a5d-ac96-774b-bcce-b302099a8057";

const polluting: object = JSON.parse('{"__proto__": {"isPolluted": true}, "constructor": {"prototype": {}}}');

/** Arguments that no window of Muster sends. */
const WRONG: Record<IpcChannel, unknown[][]> = {
  "read-state": [[1], [polluting]],
  "read-hour": [[null]],
  "read-messages": [[{}]],
  "read-disclosed-data": [["all"]],
  "read-record": [[[]]],
  "read-log": [
    [],
    [{ kind: "end", path: "/etc/shadow" }, 1],
    [{ kind: "after", run: 1, byte: -1 }],
    ["/etc/shadow"],
  ],
  "export-record": [[], ["exe"], ["json", "/etc/passwd"]],
  "open-log-folder": [["/etc"]],
  "copy-text": [[], [5], ["x".repeat(300_001)]],
  "check-now": [["now"]],
  pause: [[], ["5"], [-1], [0], [Number.NaN], [Number.POSITIVE_INFINITY], [1e15], [{}]],
  resume: [[1]],
  "mark-read": [[], ["../../etc"], [SOME_ID, 1], [{ toString: "x" }]],
  "press-button": [[SOME_ID], [SOME_ID, "x".repeat(41)], [SOME_ID, "a\u0000b"]],
  "read-support": [[1]],
  "ask-for-help": [
    [],
    ["Help"],
    ["", null],
    ["x".repeat(2001), null],
    ["Help", polluting],
    [polluting, null],
  ],
  "reply-to-help": [[SOME_ID], [SOME_ID, " "], ["../x", "More"]],
  "close-help": [[], ["../x"]],
  "mark-help-read": [[], [SOME_ID, SOME_ID]],
  postpone: [[SOME_ID], [SOME_ID, "1"], [SOME_ID, -5], ["__proto__", 1]],
  "test-setup": [[], [polluting], [{ server: "https://localhost", token: "x", caPem: null }]],
  enrol: [[], [{ server: 1, token: "x", caPem: null, isInsecureHttpAllowed: false }], [polluting]],
  leave: [["now"]],
  "set-language": [[], ["xx"], ["__proto__"]],
  "set-opens-at-login": [[], ["yes"]],
  "open-window": [[], ["admin"], ["__proto__"], ["constructor"]],
  "close-window": [["status"]],
};
const CHANNELS = Object.keys(CHANNEL_WINDOWS) as IpcChannel[];

const obstacle = obstacleToTray();
const title = `the tray with hostile texts and windows${obstacle === null ? "" : ` (skipped: ${obstacle})`}`;

describe.skipIf(obstacle !== null)(title, { timeout: 120_000 }, () => {
  let environment: TrayEnvironment;
  let machine: UserMachine;
  let tray: RunningApp;
  const pages = new Map<WindowName, Page>();

  beforeAll(async () => {
    [environment, machine] = await Promise.all([startTrayEnvironment(), makeUserMachine()]);
    // The server refuses the direction mark in a name; messages may have it.
    await environment.changeOrganization({ name: MARKUP, longestPauseS: 0 });
    const env = { MUSTER_AGENT_SERVER: environment.url, MUSTER_ENROL_TOKEN: await environment.makeToken() };
    tray = await environment.startTray(machine, { env });
    const setup = await tray.window("setup.html");
    await tray.until(() => /of 100/.test(tray.tray().tooltip));
    for (const name of WINDOW_NAMES) {
      await setup.evaluate(`window.muster.ask("open-window", "${name}")`);
      pages.set(name, await tray.window(`${name}.html`));
    }
  }, 180_000);
  afterAll(async () => {
    await environment?.remove();
    await machine?.remove();
  });

  const page = (name: WindowName): Page => {
    const found = pages.get(name);
    if (found === undefined) throw new Error(`no window ${name}`);
    return found;
  };
  const refusals = (kind: string) => tray.records.filter((record) => record.kind === kind).length;

  describe("shows hostile text as plain text:", () => {
    test.each<[WindowName, () => Promise<unknown>, string]>([
      ["messages", async () => environment.queue(await deviceId(), "message", ORDER), HOSTILE],
      ["reboot", async () => environment.queue(await deviceId(), "reboot", planned()), HOSTILE],
      ["log", () => appendFile(logFile(), `2026-11-20T10:02:00.400Z INFO  ${HOSTILE}\n`), MARKUP],
      ["status", async () => undefined, MARKUP],
      ["setup", async () => undefined, MARKUP],
      ["record", () => page("record").getByRole("tab", { name: "What IT did" }).click(), HOSTILE],
    ])("in the window %s", async (name, happen, text) => {
      await happen();
      await page(name).getByText(text).first().waitFor();
      expect(await page(name).locator("img, script:not([src]), iframe, object, embed").count()).toBe(0);
    });

    it("in the notification and in the menu", async () => {
      await tray.until(() => tray.notifications().some(({ body }) => body.includes("img")));
      const [body = ""] = tray
        .notifications()
        .flatMap((said) => (said.body.includes("img") ? [said.body] : []));
      expect(body).toContain("&lt;img src=x onerror=hit()&gt;");
      expect(tray.tray().menu.some(({ label }) => label.includes("<img src=x"))).toBe(true);
      expect(tray.tray().tooltip).not.toContain("<");
    });

    const deviceId = async () => (await environment.devices())[0]?.id ?? "";
    const planned = () => ({ delayMinutes: 600, message: HOSTILE, postponements: 1, postponableHours: 12 });
    const logFile = () => `${machine.folder}/home/config/Muster/agent/logs/agent.log`;
  });

  it("answers no channel outside the table", async () => {
    for (const channel of ["shell", "__proto__", "constructor", "toString", "read-file"]) {
      await expect(tray.sendFrom("status.html", channel, [])).rejects.toThrow("No handler registered");
      await expect(page("status").evaluate(`window.muster.ask("${channel}")`)).rejects.toThrow(
        "does not exist",
      );
    }
  });

  test.each(CHANNELS)(
    "answers %s only to the windows that may send it, and to their main pages",
    async (channel) => {
      for (const name of WINDOW_NAMES) {
        const url = `muster-tray://windows/${name}.html`;
        const inside = [`${url}?x`, "https://example.org/", "about:blank", `${url}/../${name}.html`];
        for (const frame of inside) {
          await expect(tray.sendFrom(`${name}.html`, channel, [], frame)).rejects.toThrow("refused");
        }
        if (CHANNEL_WINDOWS[channel].includes(name)) continue;
        await expect(tray.sendFrom(`${name}.html`, channel, [])).rejects.toThrow("refused");
      }
    },
  );

  test.each(CHANNELS)("refuses invalid arguments for %s", async (channel) => {
    const from = `${CHANNEL_WINDOWS[channel][0] ?? ""}.html`;
    for (const args of WRONG[channel]) {
      await expect(tray.sendFrom(from, channel, args)).rejects.toThrow("refused");
    }
    const state = await tray.sendFrom("status.html", "read-state", []);
    expect(state).toMatchObject({ role: "embedded-engine", language: "en" });
    expect(state).not.toHaveProperty("isPolluted");
  });

  it("keeps its pages from navigating, opening windows and getting permissions", async () => {
    const status = page("status");
    await status.evaluate(`location.href = "https://example.org/?" + document.title; undefined`);
    await tray.until(() => refusals("navigation-denied") === 1);
    await status.evaluate(`location.href = "muster-tray://windows/setup.html"; undefined`);
    await status.evaluate(`window.open("https://example.org/"); undefined`);
    await tray.until(() => refusals("window-denied") === 1);
    await expect(status.evaluate(`fetch("https://example.org/")`)).rejects.toThrow("Failed to fetch");
    const made = `(tag, name, value) => {
      const element = document.createElement(tag);
      try { element[name] = value; } catch (error) { return error.name; }
      document.body.append(element);
      return element.getAttribute(name) ?? "";
    }`;
    expect(await status.evaluate(`(${made})("script", "text", "globalThis.hit = 1")`)).toBe("TypeError");
    await status.evaluate(`(${made})("iframe", "src", "https://example.org/")`);
    await status.evaluate(`(${made})("img", "src", "https://example.org/a.png")`);
    expect(await status.evaluate("typeof globalThis.hit")).toBe("undefined");
    expect(refusals("request-refused")).toBe(0);
    expect(
      await status.evaluate(`["require", "process", "Buffer"].map((name) => typeof globalThis[name])`),
    ).toEqual(["undefined", "undefined", "undefined"]);
    for (const permission of ["media", "geolocation", "notifications", "clipboard-read", "openExternal"]) {
      expect(await tray.ask("may-have", 1, permission)).toBe(false);
    }
    expect(await status.evaluate("location.pathname")).toBe("/status.html");
  });
});
