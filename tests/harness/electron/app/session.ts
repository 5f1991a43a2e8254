import { EventEmitter } from "node:events";
import type { CustomScheme, Protocol, Session as Whole } from "electron";
import { asComplete } from "../compatible-types.ts";
import type { ServedAnswer } from "../app-protocol.ts";
import { app } from "./app.ts";

type Serve = (request: Request) => Response | Promise<Response>;
type BeforeRequest = Parameters<Whole["webRequest"]["onBeforeRequest"]>[0];
type Handler = Parameters<Whole["setPermissionRequestHandler"]>[0];
type Check = Parameters<Whole["setPermissionCheckHandler"]>[0];
type Permission = Parameters<NonNullable<Handler>>[1];

/** The decisions of a session about its pages. */
type Decisions = {
  served: Map<string, Serve>;
  onBeforeRequest: BeforeRequest;
  onPermission: Handler;
  onPermissionCheck: Check;
};

const decisions = new WeakMap<Whole, Decisions>();
const partitions = new Map<string, Whole>();

function makeSession(): Whole {
  const made: Decisions = {
    served: new Map(),
    onBeforeRequest: null,
    onPermission: null,
    onPermissionCheck: null,
  };
  const members = asComplete<Whole>({
    protocol: makeProtocol(made.served),
    isPersistent: () => false,
    setPermissionRequestHandler: (handler) => {
      made.onPermission = handler;
    },
    setPermissionCheckHandler: (handler) => {
      made.onPermissionCheck = handler;
    },
    setDevicePermissionHandler: () => undefined,
    setSpellCheckerEnabled: () => undefined,
    webRequest: asComplete<Whole["webRequest"]>({
      onBeforeRequest: (first: unknown, second?: unknown) => {
        made.onBeforeRequest = (typeof first === "function" ? first : second) as BeforeRequest;
      },
    }),
  });
  const session = Object.assign(new EventEmitter(), members);
  decisions.set(session, made);
  return session;
}

function makeProtocol(served: Map<string, Serve>): Protocol {
  return asComplete<Protocol>({
    registerSchemesAsPrivileged(_schemes: CustomScheme[]) {
      if (app.isReady())
        throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    },
    handle(scheme, handler) {
      if (!app.isReady()) throw new Error("protocol can only be used after app is ready");
      if (served.has(scheme)) throw new Error(`The scheme ${scheme} has been registered`);
      served.set(scheme, handler);
    },
    unhandle: (scheme) => void served.delete(scheme),
    isProtocolHandled: (scheme) => served.has(scheme),
  });
}

const decisionsOf = (session: Whole): Decisions => {
  const made = decisions.get(session);
  if (made === undefined) throw new TypeError("not a session of Electron");
  return made;
};

export const handledSchemes = (session: Whole): string[] => [...decisionsOf(session).served.keys()];

/** The answer to a request of a page: null if refused, otherwise what the app serves for its schemes. */
export async function serve(
  session: Whole,
  { url, method, headers }: { url: string; method: string; headers: [string, string][] },
): Promise<ServedAnswer | null> {
  const { onBeforeRequest, served } = decisionsOf(session);
  const decide = onBeforeRequest;
  if (decide !== null) {
    const details = asComplete<Parameters<NonNullable<BeforeRequest>>[0]>({ url, method });
    const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) => decide(details, resolve));
    if (cancel === true) return null;
  }
  const response = await served.get(new URL(url).protocol.slice(0, -1))?.(
    new Request(url, { method, headers }),
  );
  if (response === undefined) return null;
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: [...response.headers], body };
}

/** Whether a page gets a permission. Electron grants everything if the app has no handler. */
export async function mayHave(contents: Electron.WebContents, permission: string): Promise<boolean> {
  const { onPermission, onPermissionCheck } = decisionsOf(contents.session);
  const asked = permission as Permission;
  const details = { requestingUrl: contents.getURL(), isMainFrame: true };
  const check = { ...details, securityOrigin: contents.mainFrame.origin };
  if (onPermissionCheck?.(contents, asked, contents.mainFrame.origin, check) === false) return false;
  return onPermission === null || new Promise((resolve) => onPermission(contents, asked, resolve, details));
}

const defaultSession = makeSession();

export const { protocol } = defaultSession;

export const session = {
  defaultSession,
  fromPartition(partition: string): Whole {
    const known = partitions.get(partition) ?? makeSession();
    partitions.set(partition, known);
    return known;
  },
};
