import type {
  HourPoint,
  InboxMessage,
  ActivityRecord,
  LocalView,
  LogChunk,
  LogPosition,
  DisclosedData,
  RequestOutcome,
} from "@muster/shared/contracts/local-agent.ts";
import type { LocalSupport } from "@muster/shared/contracts/local-support.ts";
import type { HelpDiagnostics } from "@muster/shared/contracts/device-support.ts";
import type { ConnectionProblem } from "@muster/shared/system-errors.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";

/** The names of the windows. Each has a page of its own. */
export const WINDOW_NAMES = ["status", "log", "messages", "record", "setup", "reboot", "ask"] as const;
export type WindowName = (typeof WINDOW_NAMES)[number];

/** Where the agent runs: embedded in this tray, in a service, or in an installed service that does not answer. */
export type TrayRole = "embedded-engine" | "service" | "service-unreachable";

/** The state that each window reads when it opens and receives again when it changes. */
export type WindowState = {
  /** Null until the agent has been reached for the first time. */
  view: LocalView | null;
  role: TrayRole;
  language: Language;
  /** BCP 47 tag for the format of numbers and times. */
  locale: string;
  settings: TraySettings;
};

export type TraySettings = {
  /** Null: the system's language. */
  language: Language | null;
  opensAtLogin: boolean;
  /** Whether the user can change `opensAtLogin`. */
  canChangeOpensAtLogin: boolean;
  /** Where the device's credential is stored: in the system's key store, in a file that only this account can read, or by the service. */
  secretsKept: "key-store" | "private-file" | "by-service";
};

/** The input to join a server. */
export type SetupForm = {
  server: string;
  token: string;
  /** PEM text of the only certificate authority to trust; null: the system's authorities. */
  caPem: string | null;
  isInsecureHttpAllowed: boolean;
};

/** A step of testing an address and token, with its result. */
export type SetupStep = {
  step: "address" | "certificate" | "server" | "token";
  result: "ok" | "failed" | "skipped";
  /** Why it failed: a code that the window translates, and the error text of the system. */
  problem: {
    code:
      | "not-an-address"
      | ConnectionProblem
      | "plain-http"
      | "not-muster"
      | "clock-wrong"
      | "token-unknown"
      | "token-expired"
      | "token-used-up"
      | "token-revoked"
      | "other";
    detail: string;
  } | null;
};

export type SetupOutcome =
  | { kind: "enrolled"; organization: string | null; isApproved: boolean }
  | { kind: "failed"; steps: SetupStep[] };

/** All requests of windows to the main process: arguments and answer by channel. */
export type IpcRequests = {
  "read-state": { args: []; answer: WindowState };
  "read-hour": { args: []; answer: HourPoint[] };
  "read-messages": { args: []; answer: InboxMessage[] };
  "read-disclosed-data": { args: []; answer: DisclosedData };
  "read-record": { args: []; answer: ActivityRecord };
  "read-log": { args: [position: LogPosition]; answer: LogChunk };
  /** Saves the record as JSON or CSV to a file that the user chooses. `cancelled`: the user closed the dialog. */
  "export-record": { args: [format: "json" | "csv"]; answer: { kind: "saved" | "cancelled" | "failed" } };
  "open-log-folder": { args: []; answer: RequestOutcome };
  "copy-text": { args: [text: string]; answer: null };
  "check-now": { args: []; answer: RequestOutcome };
  pause: { args: [forMs: number | null]; answer: RequestOutcome };
  resume: { args: []; answer: RequestOutcome };
  "mark-read": { args: [messageId: string]; answer: RequestOutcome };
  "press-button": { args: [messageId: string, button: string]; answer: RequestOutcome };
  "read-support": { args: []; answer: LocalSupport };
  "ask-for-help": { args: [text: string, diagnostics: HelpDiagnostics | null]; answer: RequestOutcome };
  "reply-to-help": { args: [requestId: string, text: string]; answer: RequestOutcome };
  "close-help": { args: [requestId: string]; answer: RequestOutcome };
  "mark-help-read": { args: [requestId: string]; answer: RequestOutcome };
  postpone: { args: [actionId: string, toMs: number]; answer: RequestOutcome };
  "test-setup": { args: [form: SetupForm]; answer: SetupStep[] };
  enrol: { args: [form: SetupForm]; answer: SetupOutcome };
  /** Leaves the server and deletes its credential. The window asks for confirmation first. */
  leave: { args: []; answer: RequestOutcome };
  "set-language": { args: [language: Language | null]; answer: null };
  "set-opens-at-login": { args: [opensAtLogin: boolean]; answer: null };
  "open-window": { args: [name: WindowName]; answer: null };
  "close-window": { args: []; answer: null };
};
export type IpcChannel = keyof IpcRequests;

/** What the main process sends to windows without a request. */
export type IpcPushes = {
  "state-changed": WindowState;
  /** The inbox has changed: read it again. */
  "messages-changed": null;
};
export type IpcPush = keyof IpcPushes;

/** Which windows may send which request. A request from another window is refused and logged. */
export const CHANNEL_WINDOWS: { readonly [Channel in IpcChannel]: readonly WindowName[] } = {
  "read-state": WINDOW_NAMES,
  "read-hour": ["status"],
  "read-messages": ["messages"],
  "read-disclosed-data": ["record"],
  "read-record": ["record"],
  "read-log": ["log"],
  "export-record": ["record"],
  "open-log-folder": ["log"],
  "copy-text": ["status", "log", "messages", "record"],
  "check-now": ["status"],
  pause: ["status"],
  resume: ["status"],
  "mark-read": ["messages"],
  "press-button": ["messages"],
  "read-support": ["ask"],
  "ask-for-help": ["ask"],
  "reply-to-help": ["ask"],
  "close-help": ["ask"],
  "mark-help-read": ["ask"],
  postpone: ["reboot"],
  "test-setup": ["setup"],
  enrol: ["setup"],
  leave: ["setup"],
  "set-language": ["setup"],
  "set-opens-at-login": ["setup"],
  "open-window": WINDOW_NAMES,
  "close-window": WINDOW_NAMES,
};

export const IPC_PUSHES: readonly IpcPush[] = ["state-changed", "messages-changed"];

/** What the preload script provides to a window as `muster`. It only forwards. */
export type MusterBridge = {
  ask<Channel extends IpcChannel>(
    channel: Channel,
    ...args: IpcRequests[Channel]["args"]
  ): Promise<IpcRequests[Channel]["answer"]>;
  /** Calls `listener` with each push. Returns a function that unsubscribes. */
  on<Push extends IpcPush>(push: Push, listener: (payload: IpcPushes[Push]) => void): () => void;
};
