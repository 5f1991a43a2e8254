import { EventEmitter } from "node:events";
import type { Session, WebFrameMain, WindowOpenHandlerResponse } from "electron";
import { asComplete } from "../compatible-types.ts";
import { ask } from "./test-host.ts";

type OpenHandler = Parameters<Electron.WebContents["setWindowOpenHandler"]>[0];

const NO_REFERRER = { url: "", policy: "default" } as const;

const living = new Map<number, WebContents>();

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session: Session;
  /** The same object while the page exists, as in Electron. */
  readonly mainFrame: WebFrameMain;
  #url = "";
  #isDestroyed = false;
  #openHandler: OpenHandler | null = null;

  constructor(id: number, session: Session) {
    super();
    this.id = id;
    this.session = session;
    this.mainFrame = makeFrame(() => this.#url, null);
    living.set(id, this);
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError("Object has been destroyed");
    void ask("send", this.id, channel, structuredClone(args));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    this.#url = url;
    this.emit("did-start-loading");
    const { problem } = await ask("load", this.id, url);
    if (this.#isDestroyed) return;
    if (problem !== null) {
      this.emit("did-fail-load", {}, -2, problem, url, true, 0, 0);
      throw new Error(`${problem} loading '${url}'`);
    }
    this.emit("dom-ready", {});
    this.emit("did-finish-load", {});
  }

  focus(): void {}

  setZoomFactor(_factor: number): void {}

  /** What the test host does with it. */
  static readonly host = {
    find(id: number): WebContents {
      const contents = living.get(id);
      if (contents === undefined) throw new Error(`The window ${id} does not exist.`);
      return contents;
    },
    destroy(contents: WebContents): void {
      if (contents.#isDestroyed) return;
      contents.#isDestroyed = true;
      living.delete(contents.id);
      contents.emit("destroyed");
    },
    mayNavigate(contents: WebContents, url: string, isMainFrame: boolean): boolean {
      let isPrevented = false;
      const frame = contents.mainFrame;
      const event = {
        url,
        isSameDocument: false,
        isMainFrame,
        frame,
        initiator: frame,
        preventDefault: () => {
          isPrevented = true;
        },
      };
      contents.emit("will-frame-navigate", event);
      if (isMainFrame) contents.emit("will-navigate", event, url, false, true);
      if (!isPrevented && isMainFrame) contents.#url = url;
      return !isPrevented;
    },
    mayOpen(contents: WebContents, url: string): boolean {
      const details = {
        url,
        frameName: "",
        features: "",
        disposition: "new-window",
        referrer: NO_REFERRER,
      } as const;
      const answer: WindowOpenHandlerResponse = contents.#openHandler?.(details) ?? { action: "allow" };
      return answer.action === "allow";
    },
    /** The sending frame: the page's main frame, or a frame inside it with another URL. */
    frameOf(contents: WebContents, frameUrl: string): WebFrameMain {
      const main = contents.mainFrame;
      return frameUrl === contents.#url ? main : makeFrame(() => frameUrl, main);
    },
  };
}

function makeFrame(url: () => string, parent: WebFrameMain | null): WebFrameMain {
  const frame: WebFrameMain = Object.defineProperties(
    asComplete<WebFrameMain>({
      parent,
      routingId: parent === null ? 1 : 2,
      processId: 1,
      isDestroyed: () => false,
    }),
    {
      url: { get: url },
      origin: { get: () => originOf(url()) },
      top: { get: () => parent ?? frame },
    },
  );
  return frame;
}

// A custom scheme has an origin in Electron when it was registered as a standard one, and none in Node.
function originOf(url: string): string {
  if (!URL.canParse(url)) return "null";
  const { origin, protocol, host } = new URL(url);
  return origin === "null" && host !== "" ? `${protocol}//${host}` : origin;
}
