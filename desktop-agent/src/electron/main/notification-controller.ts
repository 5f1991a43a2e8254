import type { Acknowledgement, InboxMessage, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import type { UnreadAnswer } from "@muster/shared/contracts/local-support.ts";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import { createSerialQueue } from "../../agent/serial-queue.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import { formatWhen } from "../model/format-when.ts";
import {
  decideNotifications,
  EMPTY_HISTORY,
  hasUnannounced,
  isWaiting,
  type NotificationAction,
} from "../model/notifications.ts";
import type { TrayTranslations } from "../model/translations.ts";
import type { AgentConnection } from "./agent-connection.ts";
import type { Notifier } from "./notifier.ts";
import type { ScreenLock } from "./screen-lock.ts";
import type { WindowController } from "./window-controller.ts";

type Deps = {
  connection: Pick<AgentConnection, "agent">;
  notifier: Notifier;
  windows: Pick<WindowController, "open">;
  translations: () => TrayTranslations;
  isLocked: ScreenLock;
  clock: Clock;
  log: Log;
};

/** Notifies the user of new messages and planned reboots. Call `check` after each change and when the screen is unlocked. */
export function createNotificationController(deps: Deps) {
  const { connection, windows, isLocked, clock, log } = deps;
  const serialQueue = createSerialQueue();
  const acknowledgements = createAcknowledgements(log);
  const showReboot = createRebootNotifications(deps);
  let history = EMPTY_HISTORY;
  let cancelCheck: Cancel = () => undefined;

  async function checkNow(): Promise<void> {
    const agent = connection.agent();
    if (!agent) return;
    acknowledgements.resend(agent);
    const locked = isWaiting(agent.view()) && (await isLocked());
    const messages = hasUnannounced(history, agent.view(), locked) ? await agent.readMessages() : [];
    const input = { view: agent.view(), messages, isLocked: locked, nowMs: clock.wallMs() };
    const decision = decideNotifications(history, input);
    history = decision.history;
    cancelCheck();
    if (decision.nextCheckAtMs !== null) {
      cancelCheck = clock.after(decision.nextCheckAtMs - input.nowMs, check);
    }
    for (const action of decision.actions) perform(action, agent);
  }

  function check(): void {
    serialQueue(checkNow).catch((error: unknown) =>
      log.error(`A notification was not shown: ${messageOf(error)}`),
    );
  }

  function perform(action: NotificationAction, agent: LocalAgent): void {
    switch (action.kind) {
      case "message":
        return showMessage(action.message, agent);
      case "withheld":
        return acknowledgements.send(agent, action.messageId, { what: "not-shown", reason: "locked" });
      case "answer":
        return showAnswer(action.answer);
      case "reboot-planned":
        return showReboot.planned(action.reboot);
      case "reboot-soon":
        return showReboot.soon(action.minutes);
      case "open":
        // Without focus: the next key that the user types must not answer the window.
        return windows.open(action.window, { isQuiet: true });
    }
  }

  function showMessage(message: InboxMessage, agent: LocalAgent): void {
    const { id, title, text, urgency, askedBy: who } = message;
    const buttons = message.isAnswerable ? message.buttons : [];
    const shownBy = (by: string) => acknowledgements.send(agent, id, { what: "shown", by });
    const heading = who === null ? title : deps.translations().t("tray.notice.from", { title, who });
    deps.notifier.show(
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
          if (button !== undefined) acknowledgements.send(agent, id, { what: "pressed", button });
        },
      },
    );
  }

  function showAnswer({ author, text }: UnreadAnswer): void {
    const { t } = deps.translations();
    deps.notifier.show(
      { title: t("tray.notice.answer", { who: author }), text, urgency: "normal", buttons: [] },
      { clicked: () => windows.open("ask"), failed: () => windows.open("ask", { isQuiet: true }) },
    );
  }

  return { check, stop: () => cancelCheck() };
}

/** Acknowledgements of messages. One that the agent did not receive is sent again with the next check. */
function createAcknowledgements(log: Log) {
  const unsent = new Map<string, Acknowledgement>();

  function send(agent: LocalAgent, id: string, acknowledgement: Acknowledgement): void {
    unsent.delete(id);
    agent.acknowledge(id, acknowledgement).catch((error: unknown) => {
      log.warn(`The agent did not receive an acknowledgement yet: ${messageOf(error)}`);
      // A newer acknowledgement replaces this one.
      if (!unsent.has(id)) unsent.set(id, acknowledgement);
    });
  }

  return {
    send,
    resend(agent: LocalAgent): void {
      for (const [id, acknowledgement] of unsent) send(agent, id, acknowledgement);
    },
  };
}

function createRebootNotifications({ notifier, windows, translations, clock }: Deps) {
  function show(title: string, text: string): void {
    const open = () => windows.open("reboot");
    notifier.show({ title, text, urgency: "urgent", buttons: [] }, { clicked: open, failed: open });
  }

  return {
    planned({ dueAtMs, latestAtMs, postponementsLeft }: PlannedReboot): void {
      const { t, formats } = translations();
      const when = formatWhen(dueAtMs, clock.wallMs(), formats);
      const isMovable = postponementsLeft > 0 && latestAtMs > dueAtMs;
      const text = t(isMovable ? "tray.notice.rebootPlannedText" : "tray.notice.rebootFixedText", { when });
      show(t("tray.notice.rebootPlanned"), text);
    },
    soon(minutes: number): void {
      const { t } = translations();
      show(t("tray.notice.rebootSoon"), t("tray.notice.rebootSoonText", { count: minutes }));
    },
  };
}
