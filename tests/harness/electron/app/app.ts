import { EventEmitter } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import type { App, CommandLine, LoginItemSettings } from "electron";
import { asComplete } from "../compatible-types.ts";
import { registerHandlers, record, settings } from "./test-host.ts";

const events = new EventEmitter();
const ready = Promise.withResolvers<void>();
const lockFile = path.join(settings.home, "single-instance");
const places = new Map<string, string>();
const switches = new Map<string, string>();
let name = "Electron";
let isReady = false;
let hasLock = false;
let opensAtLogin = false;
let isQuitting = false;

/** Call when the app's main module is loaded. */
export function becomeReady(): void {
  isReady = true;
  record({ kind: "ready" });
  events.emit("ready", {}, {});
  ready.resolve();
}

/** The manifest of the app, from its folder. */
export function describeApp(manifest: { name?: string; productName?: string }): void {
  name = manifest.productName ?? manifest.name ?? name;
}

let closeWindows: () => boolean = () => true;

/** Registers how windows are closed when the app quits; false: a window refuses. */
export function onQuit(close: () => boolean): void {
  closeWindows = close;
}

function mustNotBeReady(what: string): void {
  if (isReady) throw new Error(`${what} can only be called before app is ready`);
}

function place(wanted: string): string {
  const set = places.get(wanted);
  if (set !== undefined) return set;
  const appData = path.join(settings.home, "config");
  if (wanted === "appData") return appData;
  if (wanted === "userData" || wanted === "sessionData") return path.join(appData, name);
  if (wanted === "logs") return path.join(place("userData"), "logs");
  if (wanted === "home") return process.env["HOME"] ?? homedir();
  if (wanted === "temp") return tmpdir();
  if (wanted === "exe") return process.execPath;
  if (wanted === "documents" || wanted === "downloads") return path.join(settings.home, wanted);
  throw new Error(`Failed to get '${wanted}' path`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: the process has ended.
    return false;
  }
}

function requestSingleInstanceLock(): boolean {
  if (hasLock) return true;
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
  } catch {
    const holder = Number(readFileSync(lockFile, "utf8"));
    if (isAlive(holder)) {
      record({ kind: "second-instance-refused" });
      return false;
    }
    writeFileSync(lockFile, String(process.pid));
  }
  hasLock = true;
  return true;
}

function leave(exitCode: number): void {
  if (hasLock) rmSync(lockFile, { force: true });
  record({ kind: "quit" });
  // Pending messages to the test have to be sent first.
  process.disconnect?.();
  process.exit(exitCode);
}

function emitCancellable(event: string): boolean {
  let isPrevented = false;
  events.emit(event, {
    preventDefault: () => {
      isPrevented = true;
    },
  });
  return !isPrevented;
}

function quit(): void {
  if (isQuitting) return;
  isQuitting = true;
  setImmediate(() => {
    isQuitting = emitCancellable("before-quit") && closeWindows() && emitCancellable("will-quit");
    if (!isQuitting) return;
    events.emit("quit", {}, 0);
    leave(0);
  });
}

const loginItem = (): LoginItemSettings => ({
  openAtLogin: opensAtLogin,
  wasOpenedAtLogin: false,
  status: opensAtLogin ? "enabled" : "not-registered",
  executableWillLaunchAtLogin: opensAtLogin,
  launchItems: [],
});

const members = {
  commandLine: asComplete<CommandLine>({
    appendSwitch: (key: string, value = "") => void switches.set(key, value),
    hasSwitch: (key: string) => switches.has(key) || process.argv.includes(`--${key}`),
    getSwitchValue: (key: string) => switches.get(key) ?? "",
    appendArgument: (value: string) => void switches.set(value, ""),
  }),
  dock: undefined,
  isPackaged: true,
  get name() {
    return name;
  },
  set name(next: string) {
    name = next;
  },
  userAgentFallback: "Electron",
  disableHardwareAcceleration: () => mustNotBeReady("app.disableHardwareAcceleration()"),
  enableSandbox: () => mustNotBeReady("app.enableSandbox()"),
  exit: (exitCode = 0) => leave(exitCode),
  focus: () => undefined,
  getAppPath: () => process.argv[1] ?? "",
  getLocale: () => settings.languages[0] ?? "en-US",
  getLocaleCountryCode: () => settings.languages[0]?.split("-")[1] ?? "",
  getLoginItemSettings: loginItem,
  getName: () => name,
  getPath: place,
  getPreferredSystemLanguages: () => [...settings.languages],
  getSystemLocale: () => settings.languages[0] ?? "en-US",
  getVersion: () => settings.version,
  hasSingleInstanceLock: () => hasLock,
  isReady: () => isReady,
  quit,
  relaunch: () => record({ kind: "relaunch" }),
  releaseSingleInstanceLock: () => {
    hasLock = false;
    rmSync(lockFile, { force: true });
  },
  requestSingleInstanceLock,
  setActivationPolicy: () => undefined,
  setAppLogsPath: (folder?: string) => void (folder === undefined || places.set("logs", folder)),
  setAppUserModelId: (id: string) => record({ kind: "app-model-id", id }),
  setDesktopName: () => undefined,
  setLoginItemSettings: (item: { openAtLogin?: boolean }) => {
    opensAtLogin = item.openAtLogin ?? opensAtLogin;
    record({ kind: "login-item", opensAtLogin });
  },
  setName: (next: string) => {
    name = next;
  },
  setPath: (wanted: string, folder: string) => void places.set(wanted, folder),
  whenReady: () => ready.promise,
} satisfies Partial<App>;

Object.defineProperties(events, Object.getOwnPropertyDescriptors(members));
export const app = events as EventEmitter & typeof members;

process.on("SIGTERM", quit);
process.on("SIGINT", quit);

registerHandlers({
  "start-again": (argv) => {
    events.emit("second-instance", {}, [...argv], process.cwd(), null);
    return null;
  },
  quit: () => {
    quit();
    return null;
  },
  memory: () => {
    const { rss, heapUsed } = process.memoryUsage();
    return { rssBytes: rss, heapBytes: heapUsed };
  },
});
