import type { Clock, MessagePort, MessageToShow } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import {
  printableMessage,
  type SessionOutcome,
  type ShowInSession,
  showInSessions,
} from "../show-in-sessions.ts";
import { enterDesktop } from "./desktop-command.ts";
import { listLogins } from "./list-logins.ts";
import type { DesktopLogin, Logins, TerminalLogin } from "./logins.ts";
import type { SystemFiles } from "./system-files.ts";
import { writeToAll } from "./write-to-all.ts";
import { commandFailure } from "../command-failure.ts";
import { askByDialog, askOverBus } from "./ask-on-desktop.ts";
import type { DesktopTools, WayOutcome } from "./desktop-tools.ts";
import { escapeMarkup, notifyCommand } from "./notification-bus.ts";

/** What a message needs: programs, the kernel's files, time, and the account that the agent runs as. */
type LinuxMessageDeps = { commands: Commands; files: SystemFiles; clock: Clock; ownUid: number };

/** Messages on every desktop, by its own notifications or a window, and on terminals by `wall`. */
export function createLinuxMessages(deps: LinuxMessageDeps): MessagePort {
  return {
    async show(asked, onShown, signal, except = []) {
      const message = printableMessage(asked);
      const logins = withoutUsers(await listLogins(deps.commands.run, deps.files), except);
      const wall = writeToAll(deps.commands.run, message);
      const terminals = terminalsByUser(logins, overridesModes(deps.files));
      const sessions = [
        ...logins.desktops.map((login) => desktopSession(deps, login, message, terminals, wall)),
        ...terminals.filter(({ counts }) => counts).map((terminal) => terminalSession(terminal, wall)),
      ];
      return showInSessions(asked.buttons, sessions, onShown, signal);
    },
  };
}

function withoutUsers({ desktops, terminals }: Logins, except: readonly string[]): Logins {
  const isMeant = ({ user }: { user: string }) => !except.includes(user);
  return { desktops: desktops.filter(isMeant), terminals: terminals.filter(isMeant) };
}

type Wall = () => Promise<string | null>;

/** The terminals of one user, except windows on a desktop that shows the message anyway.  */
type UserTerminals = { user: string; isReached: boolean; counts: boolean };

function terminalsByUser({ desktops, terminals }: Logins, isPrivileged: boolean): UserTerminals[] {
  const hasDesktop = (user: string) => desktops.some((login) => login.user === user);
  const isReached = ({ openTo }: TerminalLogin) =>
    openTo === "everybody" || (openTo === "privileged" && isPrivileged);
  return [...Map.groupBy(terminals, ({ user }) => user)].map(([user, own]) => ({
    user,
    isReached: own.some(isReached),
    counts: own.some(({ isWindow }) => !isWindow) || !hasDesktop(user),
  }));
}

// CAP_DAC_OVERRIDE, which root has and a hardened service of root has not: wall then skips terminals with `mesg n` silently.
function overridesModes(files: SystemFiles): boolean {
  const capabilities = /^CapEff:\s*([0-9a-f]+)/m.exec(files.read("/proc/self/status") ?? "")?.[1] ?? "0";
  return (BigInt(`0x${capabilities}`) & 2n) !== 0n;
}

function terminalSession({ user, isReached }: UserTerminals, wall: Wall): ShowInSession {
  return async () => {
    if (!isReached) return { kind: "not-shown", user, reason: "the terminal takes no messages" };
    const reason = await wall();
    return reason === null ? byWall(user) : { kind: "not-shown", user, reason: `wall: ${reason}` };
  };
}

function desktopSession(
  deps: LinuxMessageDeps,
  login: DesktopLogin,
  message: MessageToShow,
  terminals: readonly UserTerminals[],
  wall: Wall,
): ShowInSession {
  const { user, hidden } = login;
  const hasWindow = terminals.some((own) => own.user === user && own.isReached && !own.counts);
  return async (onShown, signal) => {
    if (hidden !== null) return { kind: "not-shown", user, reason: hidden };
    const inDesktop = await enterDesktop(deps.commands.run, deps.files, login, deps.ownUid);
    const outcome =
      typeof inDesktop === "function"
        ? await showOnDesktop({ ...deps, inDesktop }, message, onShown, signal)
        : ({ kind: "failed", ...inDesktop } as const);
    if (outcome.kind === "shown") return { ...outcome, user };
    if (hasWindow && (await wall()) === null) return byWall(user);
    return { kind: "not-shown", user, reason: outcome.reason };
  };
}

function byWall(user: string): SessionOutcome {
  return { kind: "shown", user, by: "wall", pressed: null };
}

type Way = {
  by: string;
  show: (
    tools: DesktopTools,
    message: MessageToShow,
    onShown: () => void,
    signal: AbortSignal,
  ) => Promise<WayOutcome>;
};

const LIMIT_MS = 10_000;
const URGENCIES = { low: "low", normal: "normal", urgent: "critical" } as const;

const notifySend: Way = {
  by: "notify-send",
  show: (tools, { title, text, urgency }) => {
    // It reads \n, \074 and the like in the body, which would let markup in again.
    const body = escapeMarkup(text).replaceAll("\\", "\\\\");
    const args = ["notify-send", "--app-name=Muster", `--urgency=${URGENCIES[urgency]}`, "--", title, body];
    return showOnce(tools, args);
  },
};
const overBus: Way = {
  by: "D-Bus",
  show: (tools, message) => showOnce(tools, notifyCommand({ ...message, buttons: [] })),
};
const byDialog: Way = { by: "zenity", show: askByDialog };

const PLAIN: readonly Way[] = [notifySend, overBus, byDialog];
const WITH_BUTTONS: readonly Way[] = [{ by: "D-Bus", show: askOverBus }, byDialog, notifySend, overBus];

/** Shows the message on one desktop by the first way that works there; the buttons are left out before the message is. */
async function showOnDesktop(
  tools: DesktopTools,
  message: MessageToShow,
  onShown: () => void,
  signal: AbortSignal,
): Promise<{ kind: "shown"; by: string; pressed: number | null } | { kind: "failed"; reason: string }> {
  const reasons: string[] = [];
  for (const { by, show } of message.buttons.length > 0 ? WITH_BUTTONS : PLAIN) {
    if (signal.aborted) return { kind: "failed", reason: "given up" };
    const outcome = await show(tools, message, onShown, signal);
    if (outcome.kind === "shown") return { ...outcome, by };
    reasons.push(`${by}: ${outcome.reason}`);
  }
  return { kind: "failed", reason: reasons.join("; ") };
}

async function showOnce(
  { commands, inDesktop }: DesktopTools,
  command: readonly string[],
): Promise<WayOutcome> {
  const { file, args } = inDesktop(command);
  const reason = commandFailure(await commands.run(file, args, { timeoutMs: LIMIT_MS }));
  return reason === null ? { kind: "shown", pressed: null } : { kind: "failed", reason };
}
