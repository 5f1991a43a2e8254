import path from "node:path";
import type { Browser, Page } from "playwright-core";
import type {
  IpcChannel,
  IpcPush,
  IpcPushes,
  IpcRequests,
  WindowName,
  WindowState,
} from "../../desktop-agent/src/electron/ipc-contract.ts";
import { createWindowFiles, pageUrl } from "../../desktop-agent/src/electron/main/window-files.ts";
import { bundledTray } from "./bundled-tray.ts";
import { type PageTroubles, watchPage } from "./watch-page.ts";

// Chromium trusts it like the scheme of the app itself.
const ORIGIN = "http://windows.localhost";

/** What the stand-in for the main process answers; a channel without an entry is refused. */
export type StagedAnswers = {
  [Channel in IpcChannel]?: (...args: IpcRequests[Channel]["args"]) => IpcRequests[Channel]["answer"];
};

export type StagedWindow = {
  page: Page;
  /** What was asked, in order: the channel, then its arguments. */
  asked: readonly (readonly unknown[])[];
  push<Push extends IpcPush>(push: Push, told: IpcPushes[Push]): Promise<void>;
  troubles: PageTroubles;
};

/** Opens a window as it ships, with its own headers, before a stand-in for the main process. */
export async function stageWindow(
  browser: Browser,
  name: WindowName,
  state: WindowState,
  answers: StagedAnswers,
): Promise<StagedWindow> {
  const answer = await createWindowFiles(path.join(await bundledTray(), "renderer"));
  const page = await browser.newPage({ viewport: { width: 420, height: 560 } });
  const troubles = await watchPage(page);
  const asked: unknown[][] = [];
  const all: StagedAnswers = { "read-state": () => state, "close-window": () => null, ...answers };
  await page.exposeFunction("askMain", (channel: IpcChannel, ...args: never[]) => {
    asked.push([channel, ...args]);
    const answering: ((...args: never[]) => unknown) | undefined = all[channel];
    if (!answering) throw new Error("refused");
    return answering(...args);
  });
  await page.addInitScript(() => {
    const listeners: [string, (told: unknown) => void][] = [];
    Object.assign(globalThis, {
      muster: {
        ask: Reflect.get(globalThis, "askMain"),
        on(push: string, listener: (told: unknown) => void) {
          listeners.push([push, listener]);
          return () => undefined;
        },
      },
      pushToWindow: (push: string, told: unknown) =>
        listeners.filter(([wanted]) => wanted === push).forEach(([, listener]) => listener(told)),
    });
  });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await answer(new URL(pathname, pageUrl(name)).href);
    const { status } = response;
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status, headers: Object.fromEntries(response.headers), body });
  });
  await page.goto(`${ORIGIN}/${name}.html`);
  const push: StagedWindow["push"] = async (which, told) => {
    await page.evaluate(`pushToWindow(${JSON.stringify(which)}, ${JSON.stringify(told)})`);
  };
  return { page, asked, push, troubles };
}
