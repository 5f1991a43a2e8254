import type { InboxMessage, LocalView, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { makeLocalView } from "./local-view.factory.ts";
import {
  decideNotifications,
  hasUnannounced,
  LOCK_CHECK_INTERVAL_MS,
  EMPTY_HISTORY,
  type NotificationInput,
  SOON_MS,
} from "./notifications.ts";

const nowMs = Date.UTC(2027, 0, 4, 12);
const ID = "0198c0de-0000-7000-8000-00000000000";

function message(id: string, changes: Partial<InboxMessage> = {}): InboxMessage {
  return {
    id,
    askedBy: "operator",
    title: "Hello",
    text: "Lunch",
    urgency: "normal",
    buttons: [],
    receivedAtMs: nowMs,
    shownAtMs: null,
    readAtMs: null,
    pressed: null,
    isAnswerable: false,
    ...changes,
  };
}
function reboot(changes: Partial<PlannedReboot> = {}): PlannedReboot {
  return {
    actionId: `${ID}9`,
    askedBy: null,
    reason: "updates",
    dueAtMs: nowMs + 3_600_000,
    latestAtMs: nowMs + 7_200_000,
    postponementsLeft: 2,
    warnings: [],
    ...changes,
  };
}
function input(view: Partial<LocalView>, changes: Partial<NotificationInput> = {}): NotificationInput {
  return { view: makeLocalView(view), messages: [], isLocked: false, nowMs, ...changes };
}
const withMessages = (messages: InboxMessage[], changes: Partial<NotificationInput> = {}) =>
  input({ unshownMessages: messages.map(({ id }) => id) }, { messages, ...changes });

describe("a message", () => {
  const one = message(`${ID}1`);

  it("is shown once per session, even before the agent received the acknowledgement", () => {
    const first = decideNotifications(EMPTY_HISTORY, withMessages([one]));
    expect(first.actions).toEqual([{ kind: "message", message: one }]);
    expect(decideNotifications(first.history, withMessages([one])).actions).toEqual([]);
  });

  it("opens no window unless it is urgent", () => {
    const urgent = message(`${ID}2`, { urgency: "urgent" });
    expect(decideNotifications(EMPTY_HISTORY, withMessages([one, urgent])).actions).toEqual([
      { kind: "message", message: one },
      { kind: "message", message: urgent },
      { kind: "open", window: "messages" },
    ]);
  });

  it("is not shown on a locked screen, which is reported once, and is shown when it is unlocked", () => {
    const urgent = message(`${ID}2`, { urgency: "urgent" });
    const locked = decideNotifications(EMPTY_HISTORY, withMessages([urgent], { isLocked: true }));
    expect(locked.actions).toEqual([{ kind: "withheld", messageId: urgent.id }]);
    const still = decideNotifications(locked.history, withMessages([urgent], { isLocked: true }));
    expect(still.actions).toEqual([]);
    const unlocked = decideNotifications(still.history, withMessages([urgent]));
    expect(unlocked.actions.map(({ kind }) => kind)).toEqual(["message", "open"]);
  });

  it("is checked again soon behind a locked screen, even without an unlock event", () => {
    const waiting = withMessages([one], { isLocked: true });
    const locked = decideNotifications(EMPTY_HISTORY, waiting);
    expect(locked.nextCheckAtMs).toBe(nowMs + LOCK_CHECK_INTERVAL_MS);
    expect(decideNotifications(locked.history, waiting).nextCheckAtMs).toBe(nowMs + LOCK_CHECK_INTERVAL_MS);
    const both = {
      ...waiting,
      view: { ...waiting.view, reboot: reboot({ dueAtMs: nowMs + SOON_MS + 1000 }) },
    };
    expect(decideNotifications(locked.history, both).nextCheckAtMs).toBe(nowMs + 1000);
    expect(decideNotifications(locked.history, withMessages([one])).nextCheckAtMs).toBeNull();
    expect(decideNotifications(locked.history, input({}, { isLocked: true })).nextCheckAtMs).toBeNull();
  });

  it("waits for its text", () => {
    const unread = input({ unshownMessages: [one.id] });
    const decision = decideNotifications(EMPTY_HISTORY, unread);
    expect(decision.actions).toEqual([]);
    expect(decideNotifications(decision.history, withMessages([one])).actions).toHaveLength(1);
  });

  it("needs the inbox only while there is something to announce", () => {
    const { view } = withMessages([one]);
    expect(hasUnannounced(EMPTY_HISTORY, view, false)).toBe(true);
    const shown = decideNotifications(EMPTY_HISTORY, withMessages([one])).history;
    expect(hasUnannounced(shown, view, false)).toBe(false);
    const withheld = decideNotifications(EMPTY_HISTORY, withMessages([one], { isLocked: true })).history;
    expect(hasUnannounced(withheld, view, true)).toBe(false);
    expect(hasUnannounced(withheld, view, false)).toBe(true);
  });
});

describe("a reboot", () => {
  it("is announced once when it is planned, and requests a check five minutes before", () => {
    const planned = reboot();
    const first = decideNotifications(EMPTY_HISTORY, input({ reboot: planned }));
    expect(first.actions).toEqual([{ kind: "reboot-planned", reboot: planned }]);
    expect(first.nextCheckAtMs).toBe(planned.dueAtMs - SOON_MS);
    const again = decideNotifications(first.history, input({ reboot: planned }));
    expect(again.actions).toEqual([]);
    expect(again.nextCheckAtMs).toBe(planned.dueAtMs - SOON_MS);
  });

  it("is announced in its last five minutes, and opens its window, once", () => {
    const planned = reboot();
    const atMs = planned.dueAtMs - SOON_MS;
    const soon = decideNotifications(EMPTY_HISTORY, input({ reboot: planned }, { nowMs: atMs }));
    expect(soon.actions).toEqual([
      { kind: "reboot-soon", reboot: planned, minutes: 5 },
      { kind: "open", window: "reboot" },
    ]);
    expect(
      decideNotifications(soon.history, input({ reboot: planned }, { nowMs: atMs + 1000 })).actions,
    ).toEqual([]);
  });

  it("is announced again in the last minutes before a later time, but not again as planned", () => {
    const planned = reboot({ dueAtMs: nowMs + 60_000 });
    const soon = decideNotifications(EMPTY_HISTORY, input({ reboot: planned }));
    expect(soon.actions[0]).toMatchObject({ kind: "reboot-soon", minutes: 1 });
    const later = reboot({ dueAtMs: nowMs + 7_200_000 });
    const put = decideNotifications(soon.history, input({ reboot: later }));
    expect(put.actions).toEqual([]);
    const last = decideNotifications(
      put.history,
      input({ reboot: later }, { nowMs: later.dueAtMs - 60_000 }),
    );
    expect(last.actions.map(({ kind }) => kind)).toEqual(["reboot-soon", "open"]);
  });

  it("requests no further check after it is cancelled", () => {
    const { history } = decideNotifications(EMPTY_HISTORY, input({ reboot: reboot() }));
    expect(decideNotifications(history, input({ reboot: null }))).toEqual({
      actions: [],
      history,
      nextCheckAtMs: null,
    });
  });
});
