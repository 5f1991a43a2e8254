import { commandFailure } from "../command-failure.ts";
import type { MessageToShow } from "../ports.ts";
import {
  capabilitiesCommand,
  closeCommand,
  listenCommand,
  notifyCommand,
  type NotificationSignal,
  parseNotificationId,
  parseNotificationSignal,
  escapeMarkup,
} from "./notification-bus.ts";
import type { DesktopTools, WayOutcome } from "./desktop-tools.ts";

const LIMIT_MS = 10_000;
const MAX_TRIES = 30;

/** A notification with buttons, and which of them was pressed. Given up it is taken from the screen. */
export async function askOverBus(
  tools: DesktopTools,
  message: MessageToShow,
  onShown: () => void,
  signal: AbortSignal,
): Promise<WayOutcome> {
  const listening = listen(tools);
  const giveUp = () => listening.end();
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const refused = await waitUntilHeard(tools, listening);
    if (refused !== null) return { kind: "failed", reason: refused };
    const result = await call(tools, notifyCommand(message));
    const id = result.kind === "exited" ? parseNotificationId(result.stdout) : undefined;
    if (id === undefined) return { kind: "failed", reason: commandFailure(result) ?? "no answer" };
    onShown();
    const pressed = await listening.answerTo(id);
    if (signal.aborted) await call(tools, closeCommand(id));
    return { kind: "shown", pressed };
  } finally {
    signal.removeEventListener("abort", giveUp);
    listening.end();
  }
}

// Each call comes to the bus as a program of its own, which the listener hears once it listens.
async function waitUntilHeard(tools: DesktopTools, listening: Listening): Promise<string | null> {
  for (let tries = 0; tries < MAX_TRIES && !listening.hasEnded(); tries += 1) {
    const result = await call(tools, capabilitiesCommand);
    const reason = commandFailure(result);
    if (reason !== null) return reason;
    if (result.kind !== "exited" || !result.stdout.includes('"actions"')) return "has no buttons";
    if (listening.hasHeard()) return null;
  }
  return "presses cannot be heard";
}

function call({ commands, inDesktop }: DesktopTools, command: readonly string[]) {
  const { file, args } = inDesktop(command);
  return commands.run(file, args, { timeoutMs: LIMIT_MS });
}

type Listening = ReturnType<typeof listen>;

function listen({ commands, inDesktop }: DesktopTools) {
  const { file, args } = inDesktop(listenCommand);
  const { promise: ended, resolve } = Promise.withResolvers<null>();
  const waiting = new Map<number, (pressed: number | null) => void>();
  const early: NotificationSignal[] = [];
  let hasHeard = false;
  let hasEnded = false;

  const hear = (heard: NotificationSignal) => {
    waiting.get(heard.id)?.(heard.kind === "pressed" ? heard.button : null);
  };
  const follower = commands.follow(file, args, {
    onLine: (line) => {
      hasHeard = true;
      const heard = parseNotificationSignal(line);
      if (heard === undefined) return;
      early.push(heard);
      hear(heard);
    },
    onEnd: () => end(),
  });
  const end = () => {
    hasEnded = true;
    follower.stop();
    resolve(null);
  };
  return {
    hasHeard: () => hasHeard,
    hasEnded: () => hasEnded,
    end,
    /** The button that was pressed; null when it was closed without one or the daemon disappeared. */
    answerTo(id: number): Promise<number | null> {
      const answer = Promise.withResolvers<number | null>();
      waiting.set(id, answer.resolve);
      for (const heard of early) if (heard.id === id) hear(heard);
      return Promise.race([answer.promise, ended]);
    },
  };
}

const STAYS_S = 600;
const SETTLED_MS = 1_500;

/** A window by zenity. It counts as shown when it is still open after a moment: without a display zenity exits immediately. */
export async function askByDialog(
  { commands, clock, inDesktop }: DesktopTools,
  message: MessageToShow,
  onShown: () => void,
  signal: AbortSignal,
): Promise<WayOutcome> {
  const labels = message.buttons.map((label) => label.replaceAll("_", "__"));
  const isQuestion = labels.length > 0;
  const settled = Promise.withResolvers<"stands">();
  const answered = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<string>();
  const { file, args } = inDesktop(dialogCommand(message, labels));
  const dialog = commands.follow(file, args, {
    onLine: (line) => {
      const button = labels.indexOf(line);
      if (button >= 0) answered.resolve(button);
    },
    onEnd: (reason) => ended.resolve(reason),
  });
  const stopTimer = clock.after(SETTLED_MS, () => settled.resolve("stands"));
  const giveUp = () => ended.resolve("given up");
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const first = await Promise.race([answered.promise, settled.promise, ended.promise]);
    if (typeof first === "number") return { kind: "shown", pressed: first };
    if (first !== "stands" && !isPressed(first)) return { kind: "failed", reason: failure(first) };
    onShown();
    if (!isQuestion) return { kind: "shown", pressed: null };
    const last = await Promise.race([answered.promise, ended.promise]);
    return { kind: "shown", pressed: typeof last === "number" ? last : null };
  } finally {
    stopTimer();
    signal.removeEventListener("abort", giveUp);
    if (isQuestion) dialog.stop();
  }
}

// Markup and, as in notify-send, backslash sequences are read in the text; an underscore in a label marks its key.
function dialogCommand({ title, text }: MessageToShow, labels: readonly string[]): string[] {
  const kind = labels.length > 0 ? ["--question", "--switch"] : ["--info"];
  return [
    "zenity",
    ...kind,
    `--title=${title}`,
    `--text=${escapeMarkup(text).replaceAll("\\", "&#92;")}`,
    "--width=420",
    `--timeout=${STAYS_S}`,
    ...labels.map((label) => `--extra-button=${label}`),
  ];
}

// 0: the user pressed OK.
function isPressed(reason: string): boolean {
  return reason.endsWith(" ended with 0");
}

function failure(reason: string): string {
  if (reason.endsWith(" ended with 127") || reason.includes("ENOENT")) return "not installed";
  return reason === "given up" ? reason : "no display";
}
