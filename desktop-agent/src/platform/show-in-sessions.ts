import { printableLine, printableText } from "./printable-text.ts";
import type { MessageOutcome, MessageToShow } from "./ports.ts";

/** The outcome of a message in one session. `pressed` is the index of the button. */
export type SessionOutcome =
  | { kind: "shown"; user: string; by: string; pressed: number | null }
  | { kind: "not-shown"; user: string; reason: string };

/**
 * Shows the message in one session; with buttons resolves once one was pressed, the message was closed or `signal` aborted. Calls
 * `onShown` as soon as it is visible.
 */
export type ShowInSession = (onShown: () => void, signal: AbortSignal) => Promise<SessionOutcome>;

const MAX_SESSIONS = 100;

/**
 * Shows the message in all sessions at the same time. The first press is the answer and closes the message everywhere else.
 * @param buttons the labels as they were asked for.
 */
export async function showInSessions(
  buttons: readonly string[],
  sessions: readonly ShowInSession[],
  onShown: () => void,
  signal: AbortSignal,
): Promise<MessageOutcome> {
  const answered = new AbortController();
  const untilAnswered = AbortSignal.any([signal, answered.signal]);
  let isSeen = false;
  let pressed: number | null = null;
  const seen = () => {
    if (!isSeen) onShown();
    isSeen = true;
  };
  const showInOne = async (show: ShowInSession) => {
    const outcome = await show(seen, untilAnswered);
    if (outcome.kind === "not-shown") return outcome;
    seen();
    pressed ??= outcome.pressed;
    if (outcome.pressed !== null) answered.abort();
    return outcome;
  };
  const outcomes = await Promise.all(sessions.slice(0, MAX_SESSIONS).map(showInOne));
  return {
    shown: outcomes.flatMap((outcome) =>
      outcome.kind === "shown" ? { user: printableLine(outcome.user, 120), by: outcome.by } : [],
    ),
    notShown: outcomes.flatMap((outcome) =>
      outcome.kind === "not-shown"
        ? { user: printableLine(outcome.user, 120), reason: printableLine(outcome.reason, 200) }
        : [],
    ),
    pressed: pressed === null ? null : (buttons[pressed] ?? null),
  };
}

/** The message as it may be shown: bounded and without control characters. Buttons keep their order. */
export function printableMessage({ title, text, urgency, buttons }: MessageToShow): MessageToShow {
  return {
    title: printableLine(title, 120),
    text: printableText(text, 4000),
    urgency,
    buttons: buttons.slice(0, 5).map((label) => printableLine(label, 40)),
  };
}
