import type { InboxMessage, LocalView, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { makeLocalView } from "./local-view.factory.ts";
import {
  decideNotices,
  hasUnsaid,
  LOCKED_LOOK_MS,
  NOTHING_SAID,
  type NoticeInput,
  SOON_MS,
} from "./notices.ts";

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
function input(view: Partial<LocalView>, changes: Partial<NoticeInput> = {}): NoticeInput {
  return { view: makeLocalView(view), messages: [], isLocked: false, nowMs, ...changes };
}
const withMessages = (messages: InboxMessage[], changes: Partial<NoticeInput> = {}) =>
  input({ unshownMessages: messages.map(({ id }) => id) }, { messages, ...changes });

describe("a message", () => {
  const one = message(`${ID}1`);

  it("is shown once in a session, though the agent has not heard of it yet", () => {
    const first = decideNotices(NOTHING_SAID, withMessages([one]));
    expect(first.notices).toEqual([{ kind: "message", message: one }]);
    expect(decideNotices(first.memory, withMessages([one])).notices).toEqual([]);
  });

  it("opens no window unless it is urgent", () => {
    const urgent = message(`${ID}2`, { urgency: "urgent" });
    expect(decideNotices(NOTHING_SAID, withMessages([one, urgent])).notices).toEqual([
      { kind: "message", message: one },
      { kind: "message", message: urgent },
      { kind: "open", window: "messages" },
    ]);
  });

  it("is not shown on a locked screen, which the agent hears once, and shown when it was unlocked", () => {
    const urgent = message(`${ID}2`, { urgency: "urgent" });
    const locked = decideNotices(NOTHING_SAID, withMessages([urgent], { isLocked: true }));
    expect(locked.notices).toEqual([{ kind: "withheld", messageId: urgent.id }]);
    const still = decideNotices(locked.memory, withMessages([urgent], { isLocked: true }));
    expect(still.notices).toEqual([]);
    const unlocked = decideNotices(still.memory, withMessages([urgent]));
    expect(unlocked.notices.map(({ kind }) => kind)).toEqual(["message", "open"]);
  });

  it("behind a locked screen is looked at again soon, though nothing says that it was unlocked", () => {
    const waiting = withMessages([one], { isLocked: true });
    const locked = decideNotices(NOTHING_SAID, waiting);
    expect(locked.lookAgainAtMs).toBe(nowMs + LOCKED_LOOK_MS);
    expect(decideNotices(locked.memory, waiting).lookAgainAtMs).toBe(nowMs + LOCKED_LOOK_MS);
    const both = {
      ...waiting,
      view: { ...waiting.view, reboot: reboot({ dueAtMs: nowMs + SOON_MS + 1000 }) },
    };
    expect(decideNotices(locked.memory, both).lookAgainAtMs).toBe(nowMs + 1000);
    expect(decideNotices(locked.memory, withMessages([one])).lookAgainAtMs).toBeNull();
    expect(decideNotices(locked.memory, input({}, { isLocked: true })).lookAgainAtMs).toBeNull();
  });

  it("waits for its text", () => {
    const unread = input({ unshownMessages: [one.id] });
    const decision = decideNotices(NOTHING_SAID, unread);
    expect(decision.notices).toEqual([]);
    expect(decideNotices(decision.memory, withMessages([one])).notices).toHaveLength(1);
  });

  it("needs the inbox only while there is something to say", () => {
    const { view } = withMessages([one]);
    expect(hasUnsaid(NOTHING_SAID, view, false)).toBe(true);
    const shown = decideNotices(NOTHING_SAID, withMessages([one])).memory;
    expect(hasUnsaid(shown, view, false)).toBe(false);
    const withheld = decideNotices(NOTHING_SAID, withMessages([one], { isLocked: true })).memory;
    expect(hasUnsaid(withheld, view, true)).toBe(false);
    expect(hasUnsaid(withheld, view, false)).toBe(true);
  });
});

describe("a reboot", () => {
  it("is announced once when it is planned, and asks to be looked at five minutes before", () => {
    const planned = reboot();
    const first = decideNotices(NOTHING_SAID, input({ reboot: planned }));
    expect(first.notices).toEqual([{ kind: "reboot-planned", reboot: planned }]);
    expect(first.lookAgainAtMs).toBe(planned.dueAtMs - SOON_MS);
    const again = decideNotices(first.memory, input({ reboot: planned }));
    expect(again.notices).toEqual([]);
    expect(again.lookAgainAtMs).toBe(planned.dueAtMs - SOON_MS);
  });

  it("is announced in its last five minutes, and opens its window, once", () => {
    const planned = reboot();
    const atMs = planned.dueAtMs - SOON_MS;
    const soon = decideNotices(NOTHING_SAID, input({ reboot: planned }, { nowMs: atMs }));
    expect(soon.notices).toEqual([
      { kind: "reboot-soon", reboot: planned, minutes: 5 },
      { kind: "open", window: "reboot" },
    ]);
    expect(decideNotices(soon.memory, input({ reboot: planned }, { nowMs: atMs + 1000 })).notices).toEqual(
      [],
    );
  });

  it("is announced again in the last minutes of a later time, and not as planned anew", () => {
    const planned = reboot({ dueAtMs: nowMs + 60_000 });
    const soon = decideNotices(NOTHING_SAID, input({ reboot: planned }));
    expect(soon.notices[0]).toMatchObject({ kind: "reboot-soon", minutes: 1 });
    const later = reboot({ dueAtMs: nowMs + 7_200_000 });
    const put = decideNotices(soon.memory, input({ reboot: later }));
    expect(put.notices).toEqual([]);
    const last = decideNotices(put.memory, input({ reboot: later }, { nowMs: later.dueAtMs - 60_000 }));
    expect(last.notices.map(({ kind }) => kind)).toEqual(["reboot-soon", "open"]);
  });

  it("that is cancelled leaves nothing to look at", () => {
    const { memory } = decideNotices(NOTHING_SAID, input({ reboot: reboot() }));
    expect(decideNotices(memory, input({ reboot: null }))).toEqual({
      notices: [],
      memory,
      lookAgainAtMs: null,
    });
  });
});
