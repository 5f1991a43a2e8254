import type { Acknowledgement, InboxMessage, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import { createSerialQueue } from "../../agent/serial-queue.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import { decideNotices, hasUnsaid, NOTHING_SAID, type Notice } from "../model/notices.ts";
import { whenOf } from "../model/when-of.ts";
import type { TrayWords } from "../model/words.ts";
import type { AgentLink } from "./agent-link.ts";
import type { Notifier } from "./notifier.ts";
import type { ScreenLock } from "./screen-lock.ts";
import type { Windows } from "./windows.ts";

type Deps = {
  link: Pick<AgentLink, "agent">;
  notifier: Notifier;
  windows: Pick<Windows, "open">;
  words: () => TrayWords;
  isLocked: ScreenLock;
  clock: Clock;
  log: Log;
};

/** Says by itself what a person has to hear. `look` is to be called after each change, and when the screen was unlocked. */
export function createNotices({ link, notifier, windows, words, isLocked, clock, log }: Deps) {
  const inTurn = createSerialQueue();
  let memory = NOTHING_SAID;
  let cancelLook: Cancel = () => undefined;
  /** What the agent has not heard of a message, since it could not be reached. */
  const untold = new Map<string, Acknowledgement>();

  async function lookNow(): Promise<void> {
    const agent = link.agent();
    if (!agent) return;
    for (const [id, said] of untold) tell(agent, id, said);
    const locked = agent.view().unshownMessages.length > 0 && (await isLocked());
    const messages = hasUnsaid(memory, agent.view(), locked) ? await agent.readMessages() : [];
    const input = { view: agent.view(), messages, isLocked: locked, nowMs: clock.wallMs() };
    const decision = decideNotices(memory, input);
    memory = decision.memory;
    cancelLook();
    if (decision.lookAgainAtMs !== null) cancelLook = clock.after(decision.lookAgainAtMs - input.nowMs, look);
    for (const notice of decision.notices) say(notice, agent);
  }

  function look(): void {
    inTurn(lookNow).catch((error: unknown) => log.error(`A notice was not shown: ${messageOf(error)}`));
  }

  function say(notice: Notice, agent: LocalAgent): void {
    switch (notice.kind) {
      case "message":
        return sayMessage(notice.message, agent);
      case "withheld":
        return tell(agent, notice.messageId, { what: "not-shown", reason: "locked" });
      case "reboot-planned":
        return sayPlanned(notice.reboot);
      case "reboot-soon":
        return sayReboot(
          words().t("tray.notice.rebootSoon"),
          words().t("tray.notice.rebootSoonText", { count: notice.minutes }),
        );
      case "open":
        // Quietly: who is writing goes on writing, and does not answer with the next key.
        return windows.open(notice.window, { isQuiet: true });
    }
  }

  function sayMessage(message: InboxMessage, agent: LocalAgent): void {
    const { id, title, text, urgency, askedBy: who } = message;
    const buttons = message.isAnswerable ? message.buttons : [];
    const shownBy = (by: string) => tell(agent, id, { what: "shown", by });
    const heading = who === null ? title : words().t("tray.notice.from", { title, who });
    notifier.show(
      { title: heading, text, urgency, buttons },
      {
        shown: () => shownBy("notification"),
        failed: () => {
          windows.open("messages", { isQuiet: true });
          shownBy("window");
        },
        clicked: () => windows.open("messages"),
        pressed: (index) => {
          const button = buttons[index];
          if (button !== undefined) tell(agent, id, { what: "pressed", button });
        },
      },
    );
  }

  function sayPlanned({ dueAtMs, latestAtMs, postponementsLeft }: PlannedReboot): void {
    const { t, formats } = words();
    const when = whenOf(dueAtMs, clock.wallMs(), formats);
    const isMovable = postponementsLeft > 0 && latestAtMs > dueAtMs;
    sayReboot(
      t("tray.notice.rebootPlanned"),
      t(isMovable ? "tray.notice.rebootPlannedText" : "tray.notice.rebootFixedText", { when }),
    );
  }

  function sayReboot(title: string, text: string): void {
    const open = () => windows.open("reboot");
    notifier.show({ title, text, urgency: "urgent", buttons: [] }, { clicked: open, failed: open });
  }

  function tell(agent: LocalAgent, id: string, said: Acknowledgement): void {
    untold.delete(id);
    agent.acknowledge(id, said).catch((error: unknown) => {
      log.warn(`The agent did not hear of a message yet: ${messageOf(error)}`);
      // What was said since then counts more.
      if (!untold.has(id)) untold.set(id, said);
    });
  }

  return {
    look,
    end: () => cancelLook(),
  };
}
