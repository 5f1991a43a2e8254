import type { Clock, MessageToShow } from "./ports.ts";
import type { ShowInSession } from "./show-in-sessions.ts";

const SETTLED_MS = 2_000;
// What every helper gives back as it was given: SnoreToast separates by ; and =, terminal-notifier by commas, and node-notifier
// reads SnoreToast's UTF-16 as UTF-8.
const RELIABLE_LABEL = /^[ !#-+\-./\w:?@]+$/;

/** How a notification ended: a button's index; closed; lost, when it went away unanswered; failed, when it was never visible. */
export type NotificationEnd = number | "closed" | "lost" | "failed";

/** A notifier of node-notifier with its system's options. */
export type Notifier = {
  /** The name of the helper in the outcome. */
  by: string;
  load(): Promise<NotifierLibrary>;
  options(message: MessageToShow, id: string): object;
  /** The options that take the notification of `id` away again. */
  withdrawal(id: string): object;
  readEnd(error: unknown, details: unknown, message: MessageToShow): NotificationEnd;
};

type NotifierLibrary = {
  notify(options: object, ended: (error: unknown, response: unknown, details: unknown) => void): unknown;
};

/** Shows a message by a notifier, and by `own` where that is not possible. */
export type ShowByNotifier = (message: MessageToShow, user: string, own: ShowInSession) => ShowInSession;

/** Binds a notifier; without one everything is shown by the system's own means. */
export function notifierOf(
  notifier: Notifier | undefined,
  deps: { clock: Pick<Clock, "after">; newId: () => string },
): ShowByNotifier {
  return (message, user, own) =>
    notifier === undefined ? own : showByNotifier(notifier, deps, message, user, own);
}

/**
 * Shows a message by the helper program of node-notifier. Where that fails, the labels are not safe with it, or a question is lost unanswered, the
 * system's own means in `fallback` show it.
 */
function showByNotifier(
  notifier: Notifier,
  { clock, newId }: { clock: Pick<Clock, "after">; newId: () => string },
  message: MessageToShow,
  user: string,
  fallback: ShowInSession,
): ShowInSession {
  // What is urgent stays on the screen, which no helper can do.
  if (message.urgency === "urgent") return fallback;
  if (!message.buttons.every((label) => RELIABLE_LABEL.test(label))) return fallback;
  const isQuestion = message.buttons.length > 0;
  return async (onShown, signal) => {
    const id = newId();
    const ended = Promise.withResolvers<NotificationEnd>();
    const settled = Promise.withResolvers<"stands">();
    const library = await start(notifier, message, id, ended.resolve);
    if (library === null) return fallback(onShown, signal);
    const withdraw = () => {
      library.notify(notifier.withdrawal(id), () => undefined);
      ended.resolve("closed");
    };
    const stopTimer = clock.after(SETTLED_MS, () => settled.resolve("stands"));
    if (isQuestion) signal.addEventListener("abort", withdraw, { once: true });
    try {
      const first = await Promise.race([ended.promise, settled.promise]);
      if (first === "failed") return await fallback(onShown, signal);
      onShown();
      const end = isQuestion ? await ended.promise : "closed";
      if (end === "lost" || end === "failed") return await fallback(onShown, signal);
      return { kind: "shown", user, by: notifier.by, pressed: typeof end === "number" ? end : null };
    } finally {
      stopTimer();
      signal.removeEventListener("abort", withdraw);
    }
  };
}

/** The library that shows it; null when the library refuses, as it does for an unknown system. */
async function start(
  notifier: Notifier,
  message: MessageToShow,
  id: string,
  end: (end: NotificationEnd) => void,
): Promise<NotifierLibrary | null> {
  try {
    const library = await notifier.load();
    library.notify(notifier.options(message, id), (error, _response, details) =>
      end(notifier.readEnd(error, details, message)),
    );
    return library;
  } catch {
    return null; // Not the last word: the fallback reports its own reason.
  }
}
