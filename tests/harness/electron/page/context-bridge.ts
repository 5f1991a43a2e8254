import type { CloneText } from "./clone-text.ts";

/*
 * These functions run in a page. They are passed as text and may not use anything outside of themselves. The page's main world and
 * the preload script's world share only the document, as in Electron. They communicate by events whose content Chromium clones,
 * with a name that only these two know.
 */

/** The globals of a page that are used here. */
type PageGlobal = EventTarget & {
  self: unknown;
  top: unknown;
  location: { href: string };
} & Record<string, unknown>;

type Exposed = { key: string; shape: Shape };
type Shape =
  | { kind: "value"; value: unknown }
  | { kind: "function"; path: string[] }
  | { kind: "object"; members: [string, Shape][] };
type Call = {
  id: number;
  path: string[];
  args: ([kind: "value", value: unknown] | [kind: "function", id: number])[];
};
type Outcome = {
  id: number;
  kind: "returned" | "threw" | "resolved" | "rejected" | "promised";
  value: unknown;
};

/** The page's side of the context bridge: creates what the preload script exposes. */
export function runInMainWorld(secret: string): void {
  const page = globalThis as unknown as PageGlobal;
  const dispatch = page.dispatchEvent.bind(page);
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const functionIds = new Map<unknown, number>();
  const promised = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let outcome: Outcome | null = null;

  const send = (what: string, detail: unknown) => dispatch(new CustomEvent(`${secret}-${what}`, { detail }));
  const receive = (what: string, listener: (detail: unknown) => void) =>
    page.addEventListener(`${secret}-${what}`, (event) => listener((event as CustomEvent).detail));

  function packArgument(argument: unknown): Call["args"][number] {
    if (typeof argument !== "function") return ["value", structuredClone(argument)];
    const id = functionIds.get(argument) ?? (lastId += 1);
    functionIds.set(argument, id);
    functions.set(id, argument as () => unknown);
    return ["function", id];
  }

  function call(path: string[] | number, args: unknown[]): unknown {
    const id = (lastId += 1);
    outcome = null;
    send("call", { id, path, args: args.map(packArgument) });
    const { kind, value } = (outcome ?? { kind: "threw", value: "the preload script is gone" }) as Outcome;
    if (kind === "threw") throw new Error(String(value));
    if (kind !== "promised") return unpack(value as Shape);
    const waiting = Promise.withResolvers<unknown>();
    promised.set(id, waiting);
    return waiting.promise;
  }

  function unpack(shape: Shape): unknown {
    if (shape.kind === "value") return shape.value;
    if (shape.kind === "function") return (...args: unknown[]) => call(shape.path, args);
    return Object.freeze(Object.fromEntries(shape.members.map(([key, member]) => [key, unpack(member)])));
  }

  receive("outcome", (detail) => {
    const received = detail as Outcome;
    if (received.kind === "resolved") promised.get(received.id)?.resolve(received.value);
    else if (received.kind === "rejected")
      promised.get(received.id)?.reject(new Error(String(received.value)));
    else outcome = received;
  });
  receive("callback", (detail) => {
    const { id, args } = detail as { id: number; args: unknown[] };
    functions.get(id)?.(...args);
  });
  receive("expose", (detail) => {
    const { key, shape } = detail as Exposed;
    Object.defineProperty(page, key, {
      value: unpack(shape),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  });
}

/** The preload script's side: provides `require("electron")`, then runs the script. */
export function runInPreloadWorld(
  secret: string,
  makeCloneText: () => CloneText,
  preload: (require: (name: string) => unknown, module: { exports: object }) => void,
): void {
  const page = globalThis as unknown as PageGlobal;
  if (page.self !== page.top) return;
  const { write, read } = makeCloneText();
  const reachMain = page[secret] as (text: string) => void;
  const invoked = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const exposed = new Map<string, (...args: unknown[]) => unknown>();
  let lastId = 0;

  const send = (what: string, detail: unknown) =>
    page.dispatchEvent(new CustomEvent(`${secret}-${what}`, { detail }));
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

  function pack(value: unknown, path: string[]): Shape {
    if (typeof value === "function") {
      exposed.set(path.join("\n"), value as () => unknown);
      return { kind: "function", path };
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return { kind: "value", value: structuredClone(value) };
    return {
      kind: "object",
      members: Object.entries(value).map(([key, member]) => [key, pack(member, [...path, key])]),
    };
  }

  page.addEventListener(`${secret}-call`, (event) => {
    const { id, path, args } = (event as CustomEvent).detail as Call;
    const given = args.map(([kind, content]) =>
      kind === "value"
        ? content
        : (...values: unknown[]) => void send("callback", { id: content, args: structuredClone(values) }),
    );
    try {
      const value = exposed.get(path.join("\n"))?.(...given);
      if (!(value instanceof Promise))
        return void send("outcome", { id, kind: "returned", value: pack(value, [`r${id}`]) });
      send("outcome", { id, kind: "promised", value: null });
      value.then(
        (result: unknown) => send("outcome", { id, kind: "resolved", value: structuredClone(result) }),
        (error: unknown) => send("outcome", { id, kind: "rejected", value: messageOf(error) }),
      );
    } catch (error) {
      send("outcome", { id, kind: "threw", value: messageOf(error) });
    }
  });

  // The functions that the test calls in this world.
  page[`${secret}-deliver`] = (channel: string, text: string) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...(read(text) as unknown[]));
  };
  page[`${secret}-settle`] = (id: number, kind: string, text: string) => {
    const waiting = invoked.get(id);
    invoked.delete(id);
    if (kind === "answered") waiting?.resolve(read(text));
    else waiting?.reject(new Error(String(read(text))));
  };

  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]) {
      const id = (lastId += 1);
      const waiting = Promise.withResolvers<unknown>();
      invoked.set(id, waiting);
      reachMain(JSON.stringify({ id, channel, args: write(structuredClone(args)) }));
      return waiting.promise;
    },
    send(channel: string, ...args: unknown[]) {
      reachMain(JSON.stringify({ id: null, channel, args: write(structuredClone(args)) }));
    },
    on(channel: string, listener: () => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel: string, listener: () => void) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((one) => one !== listener),
      );
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: () => void) => ipcRenderer.off(channel, listener),
  };
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => void send("expose", { key, shape: pack(api, [key]) }),
  };
  preload(
    (name) => {
      if (name === "electron" || name === "electron/renderer") return { contextBridge, ipcRenderer };
      throw new Error(`module not found: ${name}`);
    },
    { exports: {} },
  );
}
