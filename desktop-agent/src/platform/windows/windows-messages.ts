import { commandFailure } from "../command-failure.ts";
import type { MessagePort, MessageToShow } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import { printableMessage, type ShowInSession, showInSessions } from "../show-in-sessions.ts";
import { askByWindow } from "./ask-by-window.ts";
import { toastScript } from "./message-scripts.ts";
import { parseLockedSessions, parseSessions, type WindowsSession } from "./parse-sessions.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const LIMIT_MS = 10_000;
const TOAST_LIMIT_MS = 30_000;
const STAYS_S = 600;

/**
 * Messages in every session: from a service by `msg`, in the agent's own session as a toast, or a window when there are buttons.
 * @param ownUser the account that the agent runs as; SYSTEM is a service.
 */
export function createWindowsMessages({ run, follow }: Commands, ownUser: string): MessagePort {
  const isService = ownUser.toUpperCase() === "SYSTEM";

  const byMsg = (message: MessageToShow, { user, id }: WindowsSession): ShowInSession => {
    // Starts with our own name: a text that begins with "/" would be an option.
    const text = `Muster: ${message.title}\r\n\r\n${message.text.replaceAll("\n", "\r\n")}`;
    return async () => {
      const result = await run("msg.exe", [String(id), `/TIME:${STAYS_S}`, text], { timeoutMs: LIMIT_MS });
      const reason =
        result.kind === "not-found" ? "this edition of Windows has no msg" : commandFailure(result);
      return reason === null
        ? { kind: "shown", user, by: "msg", pressed: null }
        : { kind: "not-shown", user, reason };
    };
  };
  const byToast = (message: MessageToShow): ShowInSession => {
    const args = powershellArguments(toastScript(message));
    return async () => {
      const reason = commandFailure(await run(POWERSHELL, args, { timeoutMs: TOAST_LIMIT_MS }));
      return reason === null
        ? { kind: "shown", user: ownUser, by: "toast", pressed: null }
        : { kind: "not-shown", user: ownUser, reason };
    };
  };
  const inSession = (message: MessageToShow, session: WindowsSession, isLocked: boolean): ShowInSession => {
    const { user, isConnected } = session;
    if (!isConnected || isLocked) {
      return async () => ({ kind: "not-shown", user, reason: isConnected ? "locked" : "disconnected" });
    }
    if (isService) return byMsg(message, session);
    if (!isSameUser(user, ownUser)) {
      return async () => ({ kind: "not-shown", user, reason: "only a service can show it to another user" });
    }
    return message.buttons.length > 0 ? askByWindow(follow, message, user) : byToast(message);
  };

  return {
    async show(asked, onShown, signal, except = []) {
      const message = printableMessage(asked);
      const quser = await run("quser.exe", [], { timeoutMs: LIMIT_MS });
      if (quser.kind === "not-found") {
        const shows = isAmong(ownUser, except) ? [] : [withoutQuser(message)];
        return showInSessions(asked.buttons, shows, onShown, signal);
      }
      // Its exit code is 1 also after it has printed the sessions, and when there are none.
      const sessions = parseSessions(quser.kind === "exited" ? quser.stdout : "");
      const tasks = await run("tasklist.exe", LOCK_QUERY, { timeoutMs: LIMIT_MS });
      const locked = parseLockedSessions(tasks.kind === "exited" ? tasks.stdout : "");
      const meant = sessions.filter(({ user }) => !isAmong(user, except));
      const shows = meant.map((session) => inSession(message, session, locked.has(session.id)));
      return showInSessions(asked.buttons, shows, onShown, signal);
    },
  };

  // Home editions: an agent in a session shows it there, a service cannot reach any user.
  function withoutQuser(message: MessageToShow): ShowInSession {
    if (!isService) {
      return message.buttons.length > 0 ? askByWindow(follow, message, ownUser) : byToast(message);
    }
    const reason = "this edition of Windows has no msg, and a service has no other way";
    return async () => ({ kind: "not-shown", user: "everybody", reason });
  }
}

const LOCK_QUERY = ["/FI", "IMAGENAME eq LogonUI.exe", "/FO", "CSV", "/NH"];

// quser names an account without its domain.
function isAmong(user: string, users: readonly string[]): boolean {
  return users.some((other) => isSameUser(user, other.slice(other.lastIndexOf("\\") + 1)));
}

function isSameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
