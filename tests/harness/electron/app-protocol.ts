/*
 * The protocol between the process of the app, where the stand-in for Electron runs, and the test host: the process of the test,
 * which controls the browser and simulates the user, the desktop and the operating system.
 */

/** The simulated machine on which the app starts. */
export type HostSettings = {
  /** Folder for `userData` and Electron's other folders. */
  home: string;
  version: string;
  /** BCP 47 tags, preferred first. */
  languages: readonly string[];
  isDark: boolean;
  /** What safeStorage uses: a key store, a fixed key, or nothing. */
  keyStore: "gnome_libsecret" | "basic_text" | "none";
  canNotify: boolean;
};

export type MenuEntry = {
  label: string;
  type: string;
  isEnabled: boolean;
  isVisible: boolean;
  isChecked: boolean;
  submenu: MenuEntry[] | null;
};

export type ImageRecord = { scaleFactor: number; png: Uint8Array }[];

export type NotificationRecord = {
  id: number;
  title: string;
  body: string;
  urgency: string;
  buttons: string[];
};

/** An effect of the app that the user or the system can notice. */
export type AppEvent =
  | { kind: "tray-image"; image: ImageRecord; isTemplate: boolean }
  | { kind: "tray-tooltip"; text: string }
  | { kind: "tray-menu"; menu: MenuEntry[] | null }
  | { kind: "tray-destroyed" }
  | { kind: "menu-popped-up" }
  | { kind: "application-menu"; menu: MenuEntry[] | null }
  | { kind: "notification"; notification: NotificationRecord }
  | { kind: "notification-closed"; id: number }
  | { kind: "window"; windowId: number; what: WindowEvent; detail: string | null }
  | { kind: "window-denied"; windowId: number; url: string }
  | { kind: "navigation-denied"; windowId: number; url: string }
  | { kind: "request-refused"; windowId: number; url: string }
  | { kind: "opened"; how: "path" | "external" | "folder"; target: string }
  | { kind: "clipboard"; text: string }
  | { kind: "dialog"; type: DialogRequest["type"]; message: string }
  | { kind: "login-item"; opensAtLogin: boolean }
  | { kind: "app-model-id"; id: string }
  | { kind: "permission"; windowId: number; permission: string; isGranted: boolean }
  | { kind: "second-instance-refused" }
  | { kind: "relaunch" }
  | { kind: "ready" }
  | { kind: "quit" };

export type WindowEvent =
  | "created"
  | "loaded"
  | "shown"
  | "hidden"
  | "focused"
  | "title"
  | "closed"
  | "always-on-top";

export type PageOptions = {
  windowId: number;
  width: number;
  height: number;
  /** Source of the preload script; null for none. */
  preload: string | null;
  /** Schemes that the app serves itself. */
  schemes: string[];
  isDark: boolean;
  languages: readonly string[];
};

export type DialogRequest = {
  type: "save" | "open" | "message" | "error";
  title: string;
  message: string;
  buttons: string[];
  defaultPath: string | null;
};

/** How the user answers a dialog: a path, a button by its index, or nothing. */
export type DialogChoice = { path: string } | { button: number } | { cancelled: true };

export type ServedAnswer = { status: number; headers: [string, string][]; body: Uint8Array };

export type Invoked = { kind: "answered"; value: unknown } | { kind: "failed"; message: string };

export type PowerEvent = "lock-screen" | "unlock-screen" | "suspend" | "resume" | "shutdown";

/** Requests of the app's process to the test host. */
export type HostRequests = {
  "open-page": { args: [options: PageOptions]; answer: null };
  load: { args: [windowId: number, url: string]; answer: { problem: string | null } };
  "close-page": { args: [windowId: number]; answer: null };
  send: { args: [windowId: number, channel: string, values: unknown[]]; answer: null };
  choose: { args: [dialog: DialogRequest]; answer: DialogChoice };
  record: { args: [record: AppEvent]; answer: null };
};

/** Requests of the test host to the app's process. */
export type AppRequests = {
  /** Null: refused. */
  serve: {
    args: [windowId: number, url: string, method: string, headers: [string, string][]];
    answer: ServedAnswer | null;
  };
  invoke: { args: [windowId: number, frameUrl: string, channel: string, values: unknown[]]; answer: Invoked };
  send: { args: [windowId: number, frameUrl: string, channel: string, values: unknown[]]; answer: null };
  "may-navigate": { args: [windowId: number, url: string, isMainFrame: boolean]; answer: boolean };
  "may-open": { args: [windowId: number, url: string]; answer: boolean };
  "may-have": { args: [windowId: number, permission: string]; answer: boolean };
  "close-window": { args: [windowId: number]; answer: null };
  "click-menu": { args: [labels: readonly string[]]; answer: null };
  "click-tray": { args: []; answer: null };
  "act-on-notification": {
    args: [
      id: number,
      act:
        | { what: "click" | "close" }
        | { what: "action"; index: number }
        | { what: "failed"; error: string },
    ];
    answer: null;
  };
  power: { args: [event: PowerEvent]; answer: null };
  "start-again": { args: [argv: readonly string[]]; answer: null };
  "set-dark": { args: [isDark: boolean]; answer: null };
  "crash-page": { args: [windowId: number]; answer: null };
  memory: { args: []; answer: { rssBytes: number; heapBytes: number } };
  quit: { args: []; answer: null };
};
