import { EventEmitter } from "node:events";
import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from "electron";
import { beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../agent/log.ts";
import { pageUrl } from "./window-files.ts";
import { createWindowController, type WindowController } from "./window-controller.ts";

/** As Electron's: closing asks first, and a destroyed window says that it is closed. */
class SystemWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = Object.assign(new EventEmitter(), {
    mainFrame: { url: "" },
    sent: [] as unknown[][],
    send(...args: unknown[]) {
      this.sent.push(args);
    },
  });
  readonly did: string[] = [];
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    made.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
  }
  show = () => this.did.push("show");
  showInactive = () => this.did.push("show quietly");
  focus = () => this.did.push("focus");
  minimize = () => this.did.push("minimize");
  restore = () => this.did.push("restore");
  isMinimized = () => this.did.at(-1) === "minimize";
  destroy = () => this.emit("closed");
  close(): void {
    let isPrevented = false;
    this.emit("close", { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
  }
}

let made: SystemWindow[];
let staysInReach: boolean;
let lines: string[];
let windows: WindowController;

beforeEach(() => {
  made = [];
  staysInReach = false;
  lines = [];
  windows = createWindowController({
    // Safe because it has the members that windows use.
    BrowserWindow: SystemWindow as unknown as typeof BrowserWindow,
    session: {} as Session,
    preload: "/app/preload.cjs",
    icon: undefined,
    isDark: () => true,
    devtools: false,
    staysInReach: () => staysInReach,
    log: createLog({ level: "error", wallMs: () => 0, write: (line) => void lines.push(line) }),
  });
});

type Event = Parameters<WindowController["windowOf"]>[0];
const eventOf = (sender: unknown, senderFrame: unknown) => ({ sender, senderFrame }) as Event;

describe("a window", () => {
  it("is confined: sandboxed, isolated, without Node, guests and developer tools", () => {
    windows.open("status");
    expect(made[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
    });
  });

  it("exists once, and comes to the front when it is opened again", () => {
    windows.open("log");
    windows.open("log");
    expect(made).toHaveLength(1);
    expect(made[0]?.did).toEqual(["show", "focus"]);
  });

  it("that opens on its own does not take the keyboard focus", () => {
    windows.open("messages", { isQuiet: true });
    made[0]?.emit("ready-to-show");
    expect(made[0]?.did).toEqual(["show quietly"]);
  });

  it("no longer exists after it is closed, and receives nothing", () => {
    windows.open("log");
    windows.close("log");
    windows.send("messages-changed", null);
    expect(windows.isOpen("log")).toBe(false);
    expect(made[0]?.webContents.sent).toEqual([]);
  });

  it("with the status is minimized instead when there is no other access", () => {
    staysInReach = true;
    windows.open("status");
    windows.open("log");
    windows.close("status");
    windows.close("log");
    expect([windows.isOpen("status"), windows.isOpen("log")]).toEqual([true, false]);
    windows.open("status");
    expect(made[0]?.did).toEqual(["minimize", "restore", "show", "focus"]);
  });

  it("whose page has crashed is closed, and logged", () => {
    windows.open("record");
    made[0]?.webContents.emit("render-process-gone", {}, { reason: "crashed" });
    expect(windows.isOpen("record")).toBe(false);
    expect(lines.join()).toContain("The page of the window record has crashed: crashed.");
  });
});

describe("the sender of a request", () => {
  beforeEach(() => windows.open("setup"));

  it("is the window whose main page sends", () => {
    const { webContents } = made[0] ?? expect.fail();
    expect(windows.windowOf(eventOf(webContents, webContents.mainFrame))).toBe("setup");
  });

  it("is unknown when a frame inside the page sends, even with the same URL", () => {
    const { webContents } = made[0] ?? expect.fail();
    expect(windows.windowOf(eventOf(webContents, { url: pageUrl("setup") }))).toBeNull();
    expect(windows.windowOf(eventOf(webContents, null))).toBeNull();
  });

  it("is unknown when the window shows another page", () => {
    const { webContents } = made[0] ?? expect.fail();
    for (const url of [pageUrl("log"), `${pageUrl("setup")}#x`, "https://example.com/", "about:blank"]) {
      webContents.mainFrame.url = url;
      expect(windows.windowOf(eventOf(webContents, webContents.mainFrame)), url).toBeNull();
    }
  });

  it("is unknown when other contents send, or the window is closed", () => {
    const { webContents } = made[0] ?? expect.fail();
    const stranger = { mainFrame: { url: pageUrl("setup") } };
    expect(windows.windowOf(eventOf(stranger, stranger.mainFrame))).toBeNull();
    windows.close("setup");
    expect(windows.windowOf(eventOf(webContents, webContents.mainFrame))).toBeNull();
  });
});
