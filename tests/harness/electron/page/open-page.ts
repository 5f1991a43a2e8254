import { randomBytes } from "node:crypto";
import type { Browser, BrowserContext, CDPSession, Frame, Page, Request, Route } from "playwright-core";
import type { Ask } from "../channel.ts";
import type { AppRequests, PageOptions, AppEvent } from "../app-protocol.ts";
import { makeCloneText } from "./clone-text.ts";
import { toApp, toBrowser } from "./custom-scheme.ts";
import { runInMainWorld, runInPreloadWorld } from "./context-bridge.ts";

/** The page of one window of the app. */
export type AppPage = {
  page: Page;
  /** @returns why it did not load; null on success */
  load(url: string): Promise<string | null>;
  send(channel: string, values: unknown[]): Promise<void>;
  close(): Promise<void>;
};

const PRELOAD_WORLD = "Electron Isolated Context";
const text = makeCloneText();

/**
 * Opens a page with the rules of a sandboxed window: its preload script runs in an isolated world, its files come from the app only,
 * and the app decides on everything that the page requests from the system.
 */
export async function openPage(
  browser: Browser,
  options: PageOptions,
  app: { ask: Ask<AppRequests>; record(what: AppEvent): void },
): Promise<AppPage> {
  const { windowId, schemes } = options;
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    colorScheme: options.isDark ? "dark" : "light",
    locale: options.languages[0] ?? "en-US",
  });
  await context.route("**/*", (route, request) => decide(route, request));
  const page = await context.newPage();
  const worlds = await prepareWorlds(context, page);
  // Whether it may open was decided when its URL was requested.
  page.on("popup", (popup) => void popup.close());
  let expected: string | null = null;

  async function decide(route: Route, request: Request): Promise<void> {
    const url = toApp(request.url(), schemes);
    try {
      if (request.isNavigationRequest() && url !== expected) {
        const frame = frameOf(request);
        const isAllowed =
          frame?.page() === page
            ? await app.ask("may-navigate", windowId, url, frame === page.mainFrame())
            : await app.ask("may-open", windowId, url);
        if (!isAllowed) return await route.abort("aborted");
      }
      const served = await app.ask(
        "serve",
        windowId,
        url,
        request.method(),
        Object.entries(request.headers()),
      );
      if (served === null) {
        app.record({ kind: "request-refused", windowId, url });
        return await route.abort("blockedbyclient");
      }
      const { status, headers, body } = served;
      await route.fulfill({ status, headers: Object.fromEntries(headers), body: Buffer.from(body) });
    } catch {
      // The window or the app was closed during the request, so no one waits for the answer.
    }
  }

  async function prepareWorlds(
    inContext: BrowserContext,
    inPage: Page,
  ): Promise<{ call(source: string): Promise<void> }> {
    const secret = `electron-${randomBytes(8).toString("hex")}`;
    const session = await inContext.newCDPSession(inPage);
    let worldId: number | null = null;
    session.on("Runtime.executionContextCreated", ({ context: made }) => {
      const isOfPage = made.auxData?.frameId === mainFrameId;
      if (made.name === PRELOAD_WORLD && isOfPage) worldId = made.id;
    });
    session.on("Runtime.executionContextsCleared", () => {
      worldId = null;
    });
    const { frameTree } = await session.send("Page.getFrameTree");
    const mainFrameId = frameTree.frame.id;
    await session.send("Runtime.enable");
    await session.send("Page.enable");
    const call = async (source: string): Promise<void> => {
      // A push to a page that has not loaded yet is lost, as in Electron.
      if (worldId === null) return;
      await session
        .send("Runtime.evaluate", { expression: source, contextId: worldId })
        .catch(() => undefined);
    };
    session.on("Runtime.bindingCalled", ({ name, payload }) => {
      if (name === secret)
        void answerPage(JSON.parse(payload), (how) => call(`globalThis["${secret}-settle"](${how})`));
    });
    await addScripts(session, secret, options.preload);
    return { call: (source) => call(`globalThis["${secret}-deliver"](${source})`) };
  }

  async function answerPage(
    { id, channel, args }: { id: number | null; channel: string; args: string },
    settle: (how: string) => Promise<void>,
  ): Promise<void> {
    const values = text.read(args) as unknown[];
    const frameUrl = toApp(page.url(), schemes);
    if (id === null) return void app.ask("send", windowId, frameUrl, channel, values);
    const result = await app
      .ask("invoke", windowId, frameUrl, channel, values)
      .catch((error: unknown) => ({ kind: "failed" as const, message: String(error) }));
    const content = text.write(result.kind === "answered" ? result.value : result.message);
    await settle([id, result.kind, content].map((part) => JSON.stringify(part)).join());
  }

  return {
    page,
    async load(url) {
      expected = url;
      try {
        await page.goto(toBrowser(url, schemes));
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      } finally {
        expected = null;
      }
    },
    send: (channel, values) =>
      worlds.call(`${JSON.stringify(channel)},${JSON.stringify(text.write(values))}`),
    close: () => context.close(),
  };
}

/** Null for a page that is about to open and has no frame yet. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    // Playwright offers no other way to find out.
    return null;
  }
}

async function addScripts(session: CDPSession, secret: string, preload: string | null): Promise<void> {
  const quoted = JSON.stringify(secret);
  await session.send("Page.addScriptToEvaluateOnNewDocument", {
    source: `(${String(runInMainWorld)})(${quoted})`,
  });
  if (preload === null) return;
  await session.send("Runtime.addBinding", { name: secret, executionContextName: PRELOAD_WORLD });
  const script = `(require, module) => { const { exports } = module;\n${preload}\n}`;
  await session.send("Page.addScriptToEvaluateOnNewDocument", {
    worldName: PRELOAD_WORLD,
    source: `(${String(runInPreloadWorld)})(${quoted}, ${String(makeCloneText)}, ${script})`,
  });
}
