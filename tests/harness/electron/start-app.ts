import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openChannel } from "./channel.ts";
import { openPage, type AppPage } from "./page/open-page.ts";
import type { ReadableClone } from "../readable-clone.ts";
import { describeTray, type VisibleTray } from "./visible-tray.ts";
import type {
  AppRequests,
  DialogChoice,
  DialogRequest,
  NotificationRecord,
  AppEvent,
  HostRequests,
  HostSettings,
} from "./app-protocol.ts";

/** Long enough for a machine under load. */
export const PATIENCE_MS = 45_000;

const launcher = path.join(import.meta.dirname, "app", "launch.ts");

export type AppStart = {
  /** Folder of the bundled app: package.json with `main`, and the files it refers to. */
  folder: string;
  browser: Browser;
  setting: Pick<HostSettings, "home"> & Partial<HostSettings>;
  /** The environment variables of its process; those of the test are not inherited. */
  env: NodeJS.ProcessEnv;
  args?: readonly string[];
  /** Command that starts the process, before Node: `setpriv`, `unshare`. */
  wrapper?: readonly string[];
  /** Needed where the wrapper changes the account to one that cannot read this clone. */
  clone?: ReadableClone;
};

/** A running app, as the user and the desktop see it. */
export type RunningApp = {
  pid: number;
  folder: string;
  records: readonly AppEvent[];
  /** Resolves when the condition holds, which is checked after each event. Rejects after `PATIENCE_MS`. */
  until(condition: () => boolean): Promise<void>;
  tray(): VisibleTray;
  notifications(): NotificationRecord[];
  /** The page of the newest open window whose URL contains `name`, when it has loaded. */
  window(name: string): Promise<Page>;
  openWindows(): string[];
  /** Acts as the user, the desktop or the system. */
  ask: ReturnType<typeof openChannel<AppRequests, HostRequests>>["ask"];
  /** Sends as a compromised renderer would: bypassing the preload script, from any frame. */
  sendFrom(windowName: string, channel: string, values: unknown[], frameUrl?: string): Promise<unknown>;
  /** Sets how the user answers all further dialogs. */
  choose(decide: (dialog: DialogRequest) => DialogChoice): void;
  stdout(): string;
  stderr(): string;
  exited: Promise<number | null>;
  quit(): Promise<number | null>;
  kill(): Promise<void>;
};

/** Starts an app in a separate process with the stand-in for Electron. Quit or kill it at the end. */
export async function startApp(start: AppStart): Promise<RunningApp> {
  const setting: HostSettings = {
    version: "0.1.0",
    languages: ["en-US"],
    isDark: false,
    keyStore: "gnome_libsecret",
    canNotify: true,
    ...start.setting,
  };
  await mkdir(setting.home, { recursive: true });
  const { clone } = start;
  const folder = (await clone?.bring(start.folder)) ?? start.folder;
  const [program = "", ...args] = [
    ...(start.wrapper ?? []),
    clone?.node ?? process.execPath,
    clone?.pathOf(launcher) ?? launcher,
    folder,
    ...(start.args ?? []),
  ];
  const child = spawn(program, args, {
    env: { ...start.env, ELECTRON_STAND_IN_SETTINGS: JSON.stringify(setting) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
  });
  return { ...holdApp(child, start.browser), folder };
}

type OpenWindow = AppPage & { url: string; hasLoaded: boolean };

function holdApp(child: ChildProcess, browser: Browser): Omit<RunningApp, "folder"> {
  const records: AppEvent[] = [];
  const windows = new Map<number, Promise<OpenWindow>>();
  const shown = new Map<number, OpenWindow>();
  const waiting = new Set<() => void>();
  let decide: (dialog: DialogRequest) => DialogChoice = () => ({ cancelled: true });
  const outputs = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      outputs[name] += text;
    });
  }

  function record(what: AppEvent): void {
    records.push(what);
    for (const look of waiting) look();
  }

  const { ask, end } = openChannel<AppRequests, HostRequests>(
    {
      post: (message) => {
        // If the app exits at this moment, pending requests are rejected by its exit.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => void child.on("message", listener),
    },
    {
      "open-page"(options) {
        windows.set(
          options.windowId,
          openPage(browser, options, { ask, record }).then((page) => ({
            ...page,
            url: "",
            hasLoaded: false,
          })),
        );
        return null;
      },
      async load(windowId, url) {
        const window = await windows.get(windowId);
        if (window === undefined) return { problem: "ERR_ABORTED (-3)" };
        window.url = url;
        shown.set(windowId, window);
        const problem = await window.load(url);
        window.hasLoaded = problem === null;
        for (const look of waiting) look();
        return { problem };
      },
      async "close-page"(windowId) {
        const window = windows.get(windowId);
        windows.delete(windowId);
        shown.delete(windowId);
        await (await window)?.close();
        return null;
      },
      async send(windowId, channel, values) {
        await (await windows.get(windowId))?.send(channel, values);
        return null;
      },
      choose: (dialog) => decide(dialog),
      record(what) {
        record(what);
        return null;
      },
    },
  );
  const exited = once(child, "exit").then(async ([code]) => {
    end(`The app exited with code ${code}: ${outputs.stderr}`);
    for (const look of waiting) look();
    for (const window of windows.values()) await window.then(({ close }) => close()).catch(() => undefined);
    return code as number | null;
  });

  const lastOutput = () =>
    records.flatMap((what) => (what.kind === "dialog" ? [what.message] : [])).join("\n") + outputs.stderr;
  const newest = (name: string) =>
    [...shown].toReversed().find(([, { url, hasLoaded }]) => hasLoaded && url.includes(name));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;

  function until(condition: () => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => {
      if (condition()) resolve();
      else if (isOver()) reject(new Error(`The app exited: ${lastOutput()}`));
    };
    const limit = setTimeout(
      () => reject(new Error(`The condition did not hold in time: ${String(condition)}`)),
      PATIENCE_MS,
    );
    waiting.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(limit);
      waiting.delete(look);
    });
  }

  return {
    pid: child.pid ?? 0,
    records,
    until,
    ask,
    tray: () => describeTray(records),
    notifications: () => records.flatMap((what) => (what.kind === "notification" ? [what.notification] : [])),
    async window(name) {
      await until(() => newest(name) !== undefined);
      const [, window] = newest(name) ?? [];
      if (window === undefined) throw new Error(`The window ${name} is closed.`);
      return window.page;
    },
    openWindows: () => [...shown.values()].map(({ url }) => url),
    async sendFrom(windowName, channel, values, frameUrl) {
      const [windowId, window] = newest(windowName) ?? [];
      if (windowId === undefined || window === undefined)
        throw new Error(`The window ${windowName} is not open.`);
      const result = await ask("invoke", windowId, frameUrl ?? window.url, channel, values);
      if (result.kind === "failed") throw new Error(result.message);
      return result.value;
    },
    choose(next) {
      decide = next;
    },
    stdout: () => outputs.stdout,
    stderr: () => outputs.stderr,
    exited,
    async quit() {
      if (!isOver()) await ask("quit").catch(() => undefined);
      return exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
