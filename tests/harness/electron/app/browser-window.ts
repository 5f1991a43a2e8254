import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { BrowserWindow as Whole, BrowserWindowConstructorOptions } from "electron";
import { objectAsComplete } from "../compatible-types.ts";
import type { WindowEvent } from "../app-protocol.ts";
import { app, onQuit } from "./app.ts";
import { requireIsolation } from "./require-isolation.ts";
import { handledSchemes, session } from "./session.ts";
import { ask, record, settings } from "./test-host.ts";
import { nativeTheme } from "./system.ts";
import { WebContents } from "./web-contents.ts";

const open = new Map<number, BrowserWindow>();
let lastId = 0;

export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly #contents: WebContents;
  #title: string;
  #isVisible = false;
  #isMinimized = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    requireIsolation(options);
    lastId += 1;
    this.id = lastId;
    this.#title = options.title ?? app.name;
    this.#contents = new WebContents(this.id, options.webPreferences?.session ?? session.defaultSession);
    open.set(this.id, this);
    this.#tell("created", this.#title);
    const preload = options.webPreferences?.preload;
    void ask("open-page", {
      windowId: this.id,
      width: options.width ?? 800,
      height: options.height ?? 600,
      preload: preload === undefined ? null : readFileSync(preload, "utf8"),
      schemes: handledSchemes(this.#contents.session),
      isDark: nativeTheme.shouldUseDarkColors,
      languages: settings.languages,
    });
    const contents = objectAsComplete<Electron.WebContents>(this.#contents);
    app.emit("web-contents-created", {}, contents);
    app.emit("browser-window-created", {}, this);
    this.#contents.once("did-finish-load", () => {
      this.#tell("loaded", this.#contents.getURL());
      this.emit("ready-to-show");
      if (options.show !== false) this.show();
    });
  }

  get webContents(): Electron.WebContents {
    return objectAsComplete<Electron.WebContents>(this.#contents);
  }

  static getAllWindows(): Whole[] {
    return [...open.values()].map((window) => objectAsComplete<Whole>(window));
  }

  static fromWebContents(contents: Electron.WebContents): Whole | null {
    const window = open.get(contents.id);
    return window === undefined ? null : objectAsComplete<Whole>(window);
  }

  static fromId(id: number): Whole | null {
    const window = open.get(id);
    return window === undefined ? null : objectAsComplete<Whole>(window);
  }

  static getFocusedWindow(): Whole | null {
    return BrowserWindow.getAllWindows().at(-1) ?? null;
  }

  loadURL(url: string): Promise<void> {
    this.#mustExist();
    return this.#contents.loadURL(url);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.#mustExist();
    this.#isVisible = true;
    this.#tell("shown");
    this.emit("show");
  }

  hide(): void {
    this.#mustExist();
    this.#isVisible = false;
    this.#tell("hidden");
    this.emit("hide");
  }

  focus(): void {
    this.#mustExist();
    this.#tell("focused");
    this.emit("focus");
  }

  isFocused(): boolean {
    return this.#isVisible;
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  minimize(): void {
    this.#isMinimized = true;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  setTitle(title: string): void {
    this.#mustExist();
    this.#title = title;
    this.#tell("title", title);
  }

  getTitle(): string {
    return this.#title;
  }

  setAlwaysOnTop(flag: boolean): void {
    this.#tell("always-on-top", String(flag));
  }

  setVisibleOnAllWorkspaces(_visible: boolean): void {}
  moveTop(): void {}
  center(): void {}
  flashFrame(_flag: boolean): void {}
  removeMenu(): void {}
  setMenu(_menu: Electron.Menu | null): void {}
  setMenuBarVisibility(_visible: boolean): void {}
  setBackgroundColor(_color: string): void {}

  isDestroyed(): boolean {
    return !open.has(this.id);
  }

  close(): void {
    if (this.isDestroyed()) return;
    let isPrevented = false;
    this.emit("close", {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    if (!isPrevented) this.destroy();
  }

  destroy(): void {
    if (!open.delete(this.id)) return;
    WebContents.host.destroy(this.#contents);
    void ask("close-page", this.id);
    this.#tell("closed");
    this.emit("closed");
    if (open.size === 0 && !app.emit("window-all-closed")) app.quit();
  }

  #tell(what: WindowEvent, detail: string | null = null): void {
    record({ kind: "window", windowId: this.id, what, detail });
  }

  #mustExist(): void {
    if (this.isDestroyed()) throw new TypeError("Object has been destroyed");
  }
}

onQuit(() => {
  for (const window of open.values()) window.close();
  return open.size === 0;
});
