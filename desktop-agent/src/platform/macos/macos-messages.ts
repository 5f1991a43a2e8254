import { commandFailure } from "../command-failure.ts";
import type { Clock, MessagePort, MessageToShow } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import {
  printableMessage,
  type SessionOutcome,
  type ShowInSession,
  showInSessions,
} from "../show-in-sessions.ts";
import type { ShowByNotifier, Notifier } from "../show-by-notifier.ts";
import { type ConsoleUser, parseConsoleUsers } from "./macos-sessions.ts";
import { isObject, textField } from "../json-fields.ts";

const LIMIT_MS = 10_000;
const SETTLED_MS = 2_000;

/**
 * Messages in the session at the console, by AppleScript: a notification, or a window when it is urgent or has buttons. Whether a person
 * lets notifications through is theirs to set and cannot be asked.
 * @param ownUid the account that the agent runs as: root enters every session, others their own.
 * @param byNotifier shows it in the agent's own session, or by the given means where that fails
 */
export function createMacosMessages(
  { run, follow }: Commands,
  clock: Clock,
  ownUid: number,
  byNotifier: ShowByNotifier = (_message, _user, own) => own,
): MessagePort {
  return {
    async show(asked, onShown, signal, except = []) {
      const message = printableMessage(asked);
      const ioreg = await run("/usr/sbin/ioreg", ["-n", "Root", "-d1", "-w0"], { timeoutMs: LIMIT_MS });
      const users = ioreg.kind === "exited" ? parseConsoleUsers(ioreg.stdout) : undefined;
      if (users === undefined) {
        const reason = `the sessions are unknown: ${commandFailure(ioreg) ?? "ioreg names none"}`;
        const unknown: SessionOutcome = { kind: "not-shown", user: "everybody", reason };
        return showInSessions(asked.buttons, [async () => unknown], onShown, signal);
      }
      const meant = users.filter(({ user }) => !except.includes(user));
      const sessions = meant.map((person) => session(person, message));
      return showInSessions(asked.buttons, sessions, onShown, signal);
    },
  };

  function session(person: ConsoleUser, message: MessageToShow): ShowInSession {
    const { user } = person;
    const reason = hiddenReason(person, ownUid);
    if (reason !== null) return async () => ({ kind: "not-shown", user, reason });
    const [file = "", ...args] = [...enter(person, ownUid), ...messageCommand(message)];
    const own = isWindow(message)
      ? showWindow(file, args, user, message)
      : showNotification(file, args, user);
    return ownUid === person.uid ? byNotifier(message, user, own) : own;
  }

  function showNotification(file: string, args: string[], user: string): ShowInSession {
    return async () => {
      const reason = commandFailure(await run(file, args, { timeoutMs: LIMIT_MS }));
      return reason === null
        ? { kind: "shown", user, by: "notification", pressed: null }
        : { kind: "not-shown", user, reason };
    };
  }

  // A window that cannot open exits immediately; one that is still open after a moment is visible.
  function showWindow(file: string, args: string[], user: string, message: MessageToShow): ShowInSession {
    const shown = (pressed: number | null): SessionOutcome => ({
      kind: "shown",
      user,
      by: "window",
      pressed,
    });
    return async (onShown, signal) => {
      const ended = Promise.withResolvers<string>();
      const settled = Promise.withResolvers<"stands">();
      let pressed: number | null = null;
      const window = follow(file, args, {
        onLine: (line) => {
          const button = message.buttons.indexOf(line);
          if (button >= 0) pressed = button;
        },
        onEnd: ended.resolve,
      });
      const stopTimer = clock.after(SETTLED_MS, () => settled.resolve("stands"));
      const giveUp = () => ended.resolve("given up");
      signal.addEventListener("abort", giveUp, { once: true });
      try {
        const first = await Promise.race([ended.promise, settled.promise]);
        if (first !== "stands") {
          if (first.endsWith(" ended with 0")) return shown(pressed);
          return { kind: "not-shown", user, reason: `no window: ${first}` };
        }
        onShown();
        if (message.buttons.length === 0) return shown(null);
        await ended.promise;
        return shown(pressed);
      } finally {
        stopTimer();
        signal.removeEventListener("abort", giveUp);
        if (message.buttons.length > 0) window.stop();
      }
    };
  }
}

function hiddenReason({ uid, isOnConsole, isLocked }: ConsoleUser, ownUid: number): string | null {
  if (!isOnConsole) return "in the background";
  if (isLocked) return "locked";
  return ownUid === 0 || ownUid === uid ? null : "only root can show it to another user";
}

function enter({ uid }: ConsoleUser, ownUid: number): string[] {
  if (ownUid === uid) return [];
  return ["/bin/launchctl", "asuser", String(uid), "/usr/bin/sudo", "-n", "-u", `#${uid}`, "--"];
}

const OSASCRIPT = "/usr/bin/osascript";
const STAYS_S = 600;
// What a dialog of AppleScript can hold.
const MAX_DIALOG_BUTTONS = 3;

const NOTIFICATION = ["display notification (item 2 of argv) with title (item 1 of argv)"];
const DIALOG = [
  "activate",
  `set answer to display dialog (item 2 of argv) with title (item 1 of argv) buttons (items 3 thru -1 of argv) giving up after ${STAYS_S}`,
  "return button returned of answer",
];
const LIST = [
  "activate",
  "set answer to choose from list (items 3 thru -1 of argv) with title (item 1 of argv) with prompt (item 2 of argv)",
  'if answer is false then return ""',
  "return item 1 of answer",
];

/** Whether somebody has to answer before it ends: a window rather than a notification. */
function isWindow({ urgency, buttons }: MessageToShow): boolean {
  return urgency === "urgent" || buttons.length > 0;
}

/** The command that shows a message. Its texts are arguments of the script, never a part of it. */
export function messageCommand(message: MessageToShow): string[] {
  const { title, text, buttons } = message;
  const lines = ["on run argv", ...scriptFor(message), "end run"];
  const labels = isWindow(message) && buttons.length === 0 ? ["OK"] : buttons;
  return [OSASCRIPT, ...lines.flatMap((line) => ["-e", line]), "--", title, text, ...labels];
}

function scriptFor(message: MessageToShow): string[] {
  if (!isWindow(message)) return NOTIFICATION;
  return message.buttons.length > MAX_DIALOG_BUTTONS ? LIST : DIALOG;
}

/**
 * terminal-notifier through node-notifier. It is a program for Intel: without Rosetta it does not start.
 * @param program the full path of terminal-notifier
 */
export function createTerminalNotifier(program: string): Notifier {
  return {
    by: "notification",
    load: async () => {
      const { default: NotificationCenter } = await import("node-notifier/notifiers/notificationcenter.js");
      return new NotificationCenter({ customPath: program, withFallback: false });
    },
    options: ({ title, text, buttons }, id) => ({
      title: title || "Muster",
      message: text || " ",
      group: id,
      ...(buttons.length > 0 ? { actions: [...buttons], timeout: false } : {}),
    }),
    withdrawal: (id) => ({ remove: id }),
    readEnd(error, details, { buttons }) {
      const type = isObject(details) ? textField(details, "activationType") : undefined;
      if (error || !isObject(details) || type === undefined) return "failed";
      if (type === "timeout") return "lost";
      const index = buttons.indexOf(textField(details, "activationValue") ?? "");
      return type === "actionClicked" && index >= 0 ? index : "closed";
    },
  };
}
