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
import type { Language } from "@muster/shared/i18n/languages.ts";

/** Windows by name, each with a page of its own. */
export const WINDOW_NAMES = ["status", "log", "messages", "record", "setup", "reboot"] as const;
export type WindowName = (typeof WINDOW_NAMES)[number];

/** How this tray came by its agent: its own engine, a service that runs, or a service that is installed and does not answer. */
export type TrayRole = "own-engine" | "service" | "service-silent";

/** What every window starts from and is told anew when it changed. */
export type WindowState = {
  /** Null until the agent has been reached for the first time. */
  view: LocalView | null;
  role: TrayRole;
  language: Language;
  /** BCP 47 tag by which numbers and times are written. */
  locale: string;
  settings: TraySettings;
};

export type TraySettings = {
  /** Null: as the system. */
  language: Language | null;
  opensAtLogin: boolean;
  /** Whether `opensAtLogin` can be changed here: not where the package's own autostart decides. */
  canChangeOpensAtLogin: boolean;
  /** Where the device's credential lies: the system's key store, or a file that only this account reads, with the reason. */
  secretsKept: "key-store" | "private-file" | "by-service";
};

/** What a person enters to join a server. */
export type SetupForm = {
  server: string;
  token: string;
  /** PEM text of the only authority to trust, null: the system's. */
  caPem: string | null;
  isInsecureHttpAllowed: boolean;
};

/** The steps of a test of an address and token, each with its plain result. */
export type SetupStep = {
  step: "address" | "certificate" | "server" | "token";
  result: "ok" | "failed" | "skipped";
  /** Why it failed as a code that the window words, with what the system said about it. */
  problem: {
    code:
      | "not-an-address"
      | "not-found"
      | "refused"
      | "timeout"
      | "plain-http"
      | "certificate-untrusted"
      | "certificate-expired"
      | "certificate-wrong-name"
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

/** What windows ask of the main process: arguments and answer by channel. The table is all there is. */
export type IpcRequests = {
  "read-state": { args: []; answer: WindowState };
  "read-hour": { args: []; answer: HourPoint[] };
  "read-messages": { args: []; answer: InboxMessage[] };
  "read-seen": { args: []; answer: DisclosedData };
  "read-record": { args: []; answer: ActivityRecord };
  "read-log": { args: [place: LogPosition]; answer: LogChunk };
  /** Saves the record as JSON or CSV where the person chooses. `cancelled`: they chose nothing. */
  "export-record": { args: [format: "json" | "csv"]; answer: { kind: "saved" | "cancelled" | "failed" } };
  "open-log-folder": { args: []; answer: RequestOutcome };
  "copy-text": { args: [text: string]; answer: null };
  "check-now": { args: []; answer: RequestOutcome };
  pause: { args: [forMs: number | null]; answer: RequestOutcome };
  resume: { args: []; answer: RequestOutcome };
  "mark-read": { args: [messageId: string]; answer: RequestOutcome };
  "press-button": { args: [messageId: string, button: string]; answer: RequestOutcome };
  postpone: { args: [actionId: string, toMs: number]; answer: RequestOutcome };
  "test-setup": { args: [form: SetupForm]; answer: SetupStep[] };
  enrol: { args: [form: SetupForm]; answer: SetupOutcome };
  /** Leaves the server and forgets it, after the person confirmed it in the window. */
  leave: { args: []; answer: RequestOutcome };
  "set-language": { args: [language: Language | null]; answer: null };
  "set-opens-at-login": { args: [opensAtLogin: boolean]; answer: null };
  "open-window": { args: [name: WindowName]; answer: null };
  "close-window": { args: []; answer: null };
};
export type IpcChannel = keyof IpcRequests;

/** What the main process tells windows by itself. */
export type IpcPushes = {
  "state-changed": WindowState;
  /** The inbox has changed: read it again. */
  "messages-changed": null;
};
export type IpcPush = keyof IpcPushes;

/** Which windows may ask what. A request from another window is refused, and logged. */
export const CHANNEL_WINDOWS: { readonly [Channel in IpcChannel]: readonly WindowName[] } = {
  "read-state": WINDOW_NAMES,
  "read-hour": ["status"],
  "read-messages": ["messages"],
  "read-seen": ["record"],
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

/** What the preload script puts into a window as `muster`. It hands on and decides nothing. */
export type MusterBridge = {
  ask<Channel extends IpcChannel>(
    channel: Channel,
    ...args: IpcRequests[Channel]["args"]
  ): Promise<IpcRequests[Channel]["answer"]>;
  /** Calls `listener` with each push; gives what ends it. */
  on<Push extends IpcPush>(push: Push, listener: (told: IpcPushes[Push]) => void): () => void;
};
