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
import { type PageErrors, watchPage } from "./watch-page.ts";

// Chromium treats it as a secure origin, like the app's scheme.
const ORIGIN = "http://windows.localhost";

/** The answers of the fake main process. A channel without an entry is refused. */
export type FakeAnswers = {
  [Channel in IpcChannel]?: (...args: IpcRequests[Channel]["args"]) => IpcRequests[Channel]["answer"];
};

export type TrayWindow = {
  page: Page;
  /** The requests in order: the channel, then its arguments. */
  requests: readonly (readonly unknown[])[];
  push<Push extends IpcPush>(push: Push, payload: IpcPushes[Push]): Promise<void>;
  pageErrors: PageErrors;
};

/** Opens a bundled window with its HTTP headers in a browser, with a fake main process. */
export async function openTrayWindow(
  browser: Browser,
  name: WindowName,
  state: WindowState,
  answers: FakeAnswers,
): Promise<TrayWindow> {
  const answer = await createWindowFiles(path.join(await bundledTray(), "renderer"));
  const page = await browser.newPage({ viewport: { width: 420, height: 560 } });
  const pageErrors = await watchPage(page);
  const requests: unknown[][] = [];
  const all: FakeAnswers = { "read-state": () => state, "close-window": () => null, ...answers };
  await page.exposeFunction("askMain", (channel: IpcChannel, ...args: never[]) => {
    requests.push([channel, ...args]);
    const answering: ((...args: never[]) => unknown) | undefined = all[channel];
    if (!answering) throw new Error("refused");
    return answering(...args);
  });
  await page.addInitScript(() => {
    const listeners: [string, (payload: unknown) => void][] = [];
    Object.assign(globalThis, {
      muster: {
        ask: Reflect.get(globalThis, "askMain"),
        on(push: string, listener: (payload: unknown) => void) {
          listeners.push([push, listener]);
          return () => undefined;
        },
      },
      pushToWindow: (push: string, payload: unknown) =>
        listeners.filter(([wanted]) => wanted === push).forEach(([, listener]) => listener(payload)),
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
  const push: TrayWindow["push"] = async (which, payload) => {
    await page.evaluate(`pushToWindow(${JSON.stringify(which)}, ${JSON.stringify(payload)})`);
  };
  return { page, requests, push, pageErrors };
}
