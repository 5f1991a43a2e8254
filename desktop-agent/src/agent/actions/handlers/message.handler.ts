import { cleanLine } from "../../../collectors/clean-line.ts";
import type { MessageOutcome } from "../../../platform/ports.ts";
import type { Delivery, MessageJob } from "../../local-users/message-job.ts";
import type { ActionHandler, HandlerEnd, Job, PayloadOf, ResultOf } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

const MAX_SESSIONS = 100;

/** Shown to everybody, by their tray or by the platform. With buttons it waits for an answer, over a restart of the agent too. */
export const messageHandler: ActionHandler<"message"> = {
  async run(payload, job, { localUsers, clock }) {
    const message = { ...payload, id: job.id, askedBy: job.askedBy, receivedAtMs: clock.wallMs() };
    return endOf(await (await localUsers.load()).deliver(message, asMessageJob(job)), payload);
  },
  async resume(payload, job, { localUsers }) {
    return endOf(await (await localUsers.load()).resumeMessage(job.id, asMessageJob(job)), payload);
  },
};

function asMessageJob({ cancelRequested, stopping, reportProgress }: Job): MessageJob {
  return {
    cancelRequested,
    stopping,
    shown: (forMs) => reportProgress("shown", forMs),
    heldBack: (forMs, reason) => reportProgress("postponed", forMs, reason),
  };
}

function endOf(delivery: Delivery, { buttons }: PayloadOf<"message">): HandlerEnd<ResultOf<"message">> {
  switch (delivery.kind) {
    case "unfinished":
      return { outcome: "unfinished" };
    case "unknown":
      return errorEnd("interrupted", "The agent or the machine stopped while the action was running.");
    case "cancelled":
      return { outcome: "cancelled" };
    case "over": {
      const { outcome } = delivery;
      if (outcome.shown.length > 0) return { outcome: "done", result: fit(outcome, buttons) };
      const reasons = outcome.notShown.map(({ user, reason }) => `${user}: ${reason}`);
      return errorEnd("nobody-reached", reasons.join("; ") || "No user is logged in.");
    }
  }
}

/** Names and reasons come from the operating system: cut to the contract. A button that was not offered was not pressed. */
function fit({ shown, notShown, pressed }: MessageOutcome, buttons: readonly string[]): ResultOf<"message"> {
  const text = (value: string, max: number) => cleanLine(value, max) ?? "unknown";
  return {
    shown: shown.slice(0, MAX_SESSIONS).map(({ user, by }) => ({ user: text(user, 120), by: text(by, 40) })),
    notShown: notShown
      .slice(0, MAX_SESSIONS)
      .map(({ user, reason }) => ({ user: text(user, 120), reason: text(reason, 200) })),
    pressed: pressed !== null && buttons.includes(pressed) ? pressed : null,
  };
}
