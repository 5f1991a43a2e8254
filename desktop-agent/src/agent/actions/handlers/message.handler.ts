import { message } from "@muster/shared/actions/message.ts";
import { cleanLine } from "../../../collectors/clean-line.ts";
import type { MessageOutcome } from "../../../platform/ports.ts";
import type { ActionHandler, ResultOf } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

/** Buttons are waited for until shortly before the server gives up on the action. */
const WAIT_FOR_BUTTON_MS = (message.timeoutS - 60) * 1000;
const MOST_SESSIONS = 100;

export const messageHandler: ActionHandler<"message"> = {
  async run(payload, { cancelAsked, stopping, tell }, { messages, clock }) {
    const limit = new AbortController();
    const cancelLimit = clock.after(WAIT_FOR_BUTTON_MS, () => limit.abort());
    const giveUp = AbortSignal.any([cancelAsked, stopping, limit.signal]);
    const outcome = await messages.show(payload, () => tell("shown", null), giveUp).finally(cancelLimit);
    if (outcome.shown.length > 0) return { outcome: "done", result: fit(outcome, payload.buttons) };
    const reasons = outcome.notShown.map(({ user, reason }) => `${user}: ${reason}`);
    return errorEnd("nobody-reached", reasons.join("; ") || "nobody is logged in");
  },
};

/** Names and reasons come from the operating system: cut to the contract. A button that was not offered was not pressed. */
function fit({ shown, notShown, pressed }: MessageOutcome, buttons: readonly string[]): ResultOf<"message"> {
  const text = (value: string, max: number) => cleanLine(value, max) ?? "unknown";
  return {
    shown: shown.slice(0, MOST_SESSIONS).map(({ user, by }) => ({ user: text(user, 120), by: text(by, 40) })),
    notShown: notShown
      .slice(0, MOST_SESSIONS)
      .map(({ user, reason }) => ({ user: text(user, 120), reason: text(reason, 200) })),
    pressed: pressed !== null && buttons.includes(pressed) ? pressed : null,
  };
}
