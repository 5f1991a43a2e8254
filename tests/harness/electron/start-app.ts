import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openChannel } from "./channel.ts";
import { openPage, type StagePage } from "./page/open-page.ts";
import { describeTray, type ShownTray } from "./shown-tray.ts";
import type {
  AppRequests,
  DialogChoice,
  DialogWish,
  NotificationRecord,
  StageRecord,
  StageRequests,
  StageSetting,
} from "./stage-contract.ts";

/** Long enough for a machine that does much else at the same time. */
export const PATIENCE_MS = 45_000;

const launcher = path.join(import.meta.dirname, "app", "launch.ts");

export type AppStart = {
  /** Folder of the app as it ships: package.json with `main`, and what that names. */
  folder: string;
  browser: Browser;
  setting: Pick<StageSetting, "home"> & Partial<StageSetting>;
  /** The environment of its process; nothing of the test's comes in. */
  env: NodeJS.ProcessEnv;
  args?: readonly string[];
  /** What its process is started by, before Node: `setpriv`, `unshare`. */
  wrapper?: readonly string[];
};

/** An app on the stage, as a person and their desktop have it before them. */
export type RunningApp = {
  pid: number;
  folder: string;
  records: readonly StageRecord[];
  /** Resolves when the condition holds; it is looked at after each record. Rejects when it takes too long. */
  until(condition: () => boolean): Promise<void>;
  tray(): ShownTray;
  notifications(): NotificationRecord[];
  /** The page of the newest open window whose address holds `name`, once it has loaded. */
  window(name: string): Promise<Page>;
  openWindows(): string[];
  /** Plays the person, the desktop or the system. */
  ask: ReturnType<typeof openChannel<AppRequests, StageRequests>>["ask"];
  /** Sends as a renderer that has been taken over would: past the preload script, from whatever frame. */
  sendFrom(windowName: string, channel: string, values: unknown[], frameUrl?: string): Promise<unknown>;
  /** What the person does with every dialog from now on. */
  choose(decide: (dialog: DialogWish) => DialogChoice): void;
  stdout(): string;
  stderr(): string;
  exited: Promise<number | null>;
  quit(): Promise<number | null>;
  kill(): Promise<void>;
};

/** Starts an app in a process of its own, with the stand-in for Electron. Quit or kill it in the end. */
export async function startApp(start: AppStart): Promise<RunningApp> {
  const setting: StageSetting = {
    version: "0.1.0",
    languages: ["en-US"],
    isDark: false,
    keyStore: "gnome_libsecret",
    canNotify: true,
    ...start.setting,
  };
  await mkdir(setting.home, { recursive: true });
  const [program = "", ...args] = [
    ...(start.wrapper ?? []),
    process.execPath,
    launcher,
    start.folder,
    ...(start.args ?? []),
  ];
  const child = spawn(program, args, {
    env: { ...start.env, ELECTRON_STAGE: JSON.stringify(setting) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
  });
  return { ...holdApp(child, start.browser), folder: start.folder };
}

type OpenWindow = StagePage & { url: string; hasLoaded: boolean };

function holdApp(child: ChildProcess, browser: Browser): Omit<RunningApp, "folder"> {
  const records: StageRecord[] = [];
  const windows = new Map<number, Promise<OpenWindow>>();
  const shown = new Map<number, OpenWindow>();
  const waiting = new Set<() => void>();
  let decide: (dialog: DialogWish) => DialogChoice = () => ({ cancelled: true });
  const outputs = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      outputs[name] += text;
    });
  }

  function record(what: StageRecord): void {
    records.push(what);
    for (const look of waiting) look();
  }

  const { ask, end } = openChannel<AppRequests, StageRequests>(
    {
      post: (message) => {
        // An app that ends at this very moment answers nothing more; who waits is told by its end.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => void child.on("message", listener),
    },
    {
      "open-page"(wish) {
        windows.set(
          wish.windowId,
          openPage(browser, wish, { ask, record }).then((page) => ({ ...page, url: "", hasLoaded: false })),
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
    end(`the app ended with ${code}: ${outputs.stderr}`);
    for (const look of waiting) look();
    for (const window of windows.values()) await window.then(({ close }) => close()).catch(() => undefined);
    return code as number | null;
  });

  const lastWords = () =>
    records.flatMap((what) => (what.kind === "dialog" ? [what.message] : [])).join("\n") + outputs.stderr;
  const newest = (name: string) =>
    [...shown].toReversed().find(([, { url, hasLoaded }]) => hasLoaded && url.includes(name));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;

  function until(condition: () => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => {
      if (condition()) resolve();
      else if (isOver()) reject(new Error(`the app ended: ${lastWords()}`));
    };
    const limit = setTimeout(() => reject(new Error(`in vain: ${String(condition)}`)), PATIENCE_MS);
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
      if (window === undefined) throw new Error(`the window ${name} is closed`);
      return window.page;
    },
    openWindows: () => [...shown.values()].map(({ url }) => url),
    async sendFrom(windowName, channel, values, frameUrl) {
      const [windowId, window] = newest(windowName) ?? [];
      if (windowId === undefined || window === undefined) throw new Error(`no window ${windowName}`);
      const told = await ask("invoke", windowId, frameUrl ?? window.url, channel, values);
      if (told.kind === "failed") throw new Error(told.message);
      return told.value;
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
