import type { MessageToShow } from "../ports.ts";

const NAME = "org.freedesktop.Notifications";
const OBJECT = "/org/freedesktop/Notifications";
const URGENCIES = { low: "0", normal: "1", urgent: "2" } as const;
const BUSCTL = ["busctl", "--user"];

/** Desktop notifications over the session bus: the commands and their output. */
export const capabilitiesCommand: readonly string[] = [
  ...BUSCTL,
  "--",
  "call",
  NAME,
  OBJECT,
  NAME,
  "GetCapabilities",
];

/** Shows it; with buttons until it is closed. Prints "u" and the notification's number. */
export function notifyCommand({ title, text, urgency, buttons }: MessageToShow): readonly string[] {
  const actions = buttons.flatMap((label, index) => [String(index), label]);
  const expiresMs = buttons.length > 0 || urgency === "urgent" ? "0" : "-1";
  const call = ["--", "call", NAME, OBJECT, NAME, "Notify", "susssasa{sv}i"];
  const shown = ["Muster", "0", "", title, escapeMarkup(text), String(actions.length), ...actions];
  return [...BUSCTL, ...call, ...shown, "1", "urgency", "y", URGENCIES[urgency], expiresMs];
}

export function closeCommand(id: number): readonly string[] {
  return [...BUSCTL, "--", "call", NAME, OBJECT, NAME, "CloseNotification", "u", String(id)];
}

/** Prints a line of JSON for each signal of the notifications, and for each program that comes to the bus or leaves it. */
export const listenCommand: readonly string[] = [
  ...BUSCTL,
  "--json=short",
  `--match=type='signal',interface='${NAME}'`,
  "--match=type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'",
  "monitor",
];

export function parseNotificationId(text: string): number | undefined {
  const id = /^u (\d{1,10})\s*$/.exec(text)?.[1];
  return id === undefined ? undefined : Number(id);
}

export type NotificationSignal =
  | { kind: "pressed"; id: number; button: number }
  | { kind: "closed"; id: number };

/** Reads a line of `listenCommand`; undefined for anything else. */
export function parseNotificationSignal(line: string): NotificationSignal | undefined {
  const fields = parseJson(line);
  const [id, what] = fields?.payload?.data ?? [];
  if (typeof id !== "number") return undefined;
  if (fields?.member === "NotificationClosed") return { kind: "closed", id };
  if (fields?.member !== "ActionInvoked" || typeof what !== "string" || !/^\d$/.test(what)) return undefined;
  return { kind: "pressed", id, button: Number(what) };
}

/** The body of a notification is markup, even when the daemon does not announce it. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function parseJson(line: string): { member?: unknown; payload?: { data?: unknown[] } } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isSignal(value) ? value : undefined;
  } catch {
    // busctl mixes other lines in when it is disturbed.
    return undefined;
  }
}

function isSignal(value: unknown): value is { member?: unknown; payload?: { data?: unknown[] } } {
  if (typeof value !== "object" || value === null || !("payload" in value)) return false;
  const { payload } = value;
  return typeof payload === "object" && payload !== null && "data" in payload && Array.isArray(payload.data);
}
