import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../../agent/log.ts";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import { createTranslations } from "../model/translations.ts";
import { LOCK_CHECK_INTERVAL_MS } from "../model/notifications.ts";
import { createNotificationController } from "./notification-controller.ts";
import type { NotificationContent, NotificationEvents } from "./notifier.ts";

const ID = "0198c0de-0000-7000-8000-000000000001";
const message: InboxMessage = {
  id: ID,
  askedBy: "Bo",
  title: "Update",
  text: "Save your <work>",
  urgency: "normal",
  buttons: ["Later", "Now"],
  receivedAtMs: 0,
  shownAtMs: null,
  readAtMs: null,
  pressed: null,
  isAnswerable: true,
};

let clock: FakeClock;
let agent: StubAgent;
let shown: { note: NotificationContent; events: Partial<NotificationEvents> }[];
let opened: string[];
let isLocked: boolean;
let notifications: ReturnType<typeof createNotificationController>;

beforeEach(async () => {
  clock = createFakeClock();
  agent = createStubAgent({ readMessages: async () => [message] });
  shown = [];
  opened = [];
  isLocked = false;
  const translations = await createTranslations("en", "en-GB");
  notifications = createNotificationController({
    connection: { agent: () => agent },
    notifier: { show: (note, events) => void shown.push({ note, events }) },
    windows: { open: (name, how) => void opened.push(how?.isQuiet ? `${name} quietly` : name) },
    translations: () => translations,
    isLocked: async () => isLocked,
    clock,
    log: createLog({ level: "error", wallMs: () => 0, write: (line) => expect.fail(line) }),
  });
});

async function check(): Promise<void> {
  notifications.check();
  await clock.advance(0);
}

describe("a message", () => {
  it("is shown with its sender, and counts as shown when the system reports it", async () => {
    agent.changeView({ unshownMessages: [ID] });
    await check();
    expect(shown[0]?.note).toEqual({
      title: "Update (Bo)",
      text: "Save your <work>",
      urgency: "normal",
      buttons: ["Later", "Now"],
    });
    expect(agent.requests).toEqual([]);
    shown[0]?.events.shown?.();
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "shown", by: "notification" }]]);
  });

  it("answers with the pressed button, and opens the inbox on a click", async () => {
    agent.changeView({ unshownMessages: [ID] });
    await check();
    shown[0]?.events.pressed?.(1);
    shown[0]?.events.pressed?.(7);
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "pressed", button: "Now" }]]);
    shown[0]?.events.clicked?.();
    expect(opened).toEqual(["messages"]);
  });

  it("is shown in a window where the system shows no notifications", async () => {
    agent.changeView({ unshownMessages: [ID] });
    await check();
    shown[0]?.events.failed?.();
    expect(opened).toEqual(["messages quietly"]);
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "shown", by: "window" }]]);
  });

  it("is acknowledged with the next check if the agent could not be reached", async () => {
    const hear = agent.acknowledge;
    agent.acknowledge = async () => Promise.reject(new Error("the connection has ended"));
    agent.changeView({ unshownMessages: [ID] });
    await check();
    shown[0]?.events.shown?.();
    await clock.advance(0);
    agent.acknowledge = hear;
    await check();
    await check();
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "shown", by: "notification" }]]);
    expect(shown).toHaveLength(1);
  });

  it("waits behind a locked screen, which is reported, until it is unlocked", async () => {
    agent.changeView({ unshownMessages: [ID] });
    isLocked = true;
    await check();
    await check();
    expect(shown).toEqual([]);
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "not-shown", reason: "locked" }]]);
    isLocked = false;
    await check();
    expect(shown).toHaveLength(1);
  });
});

describe("a message behind a screen without an unlock event", () => {
  it("is shown within seconds", async () => {
    agent.changeView({ unshownMessages: [ID] });
    isLocked = true;
    await check();
    isLocked = false;
    await clock.advance(LOCK_CHECK_INTERVAL_MS);
    expect(shown).toHaveLength(1);
    expect(clock.timers()).toBe(0);
  });

  it("needs no check after it was withdrawn", async () => {
    agent.changeView({ unshownMessages: [ID] });
    isLocked = true;
    await check();
    agent.changeView({ unshownMessages: [] });
    await check();
    expect(clock.timers()).toBe(0);
    isLocked = false;
    await check();
    expect(shown).toEqual([]);
  });
});

describe("a planned reboot", () => {
  it("is announced, and again with its window in its last five minutes", async () => {
    const dueAtMs = clock.wallMs() + 3_600_000;
    const reboot = {
      actionId: ID,
      askedBy: null,
      reason: "",
      dueAtMs,
      latestAtMs: dueAtMs,
      postponementsLeft: 0,
    };
    agent.changeView({ reboot: { ...reboot, warnings: [] } });
    await check();
    expect(shown.map(({ note }) => note.title)).toEqual(["A reboot is planned"]);
    await clock.advance(3_300_000 - 1000);
    expect(shown).toHaveLength(1);
    await clock.advance(1000);
    expect(shown.map(({ note }) => note.title)).toEqual(["A reboot is planned", "Reboot in a few minutes"]);
    expect(shown[1]?.note.text).toContain("5 minutes");
    expect(opened).toEqual(["reboot quietly"]);
  });

  it("needs no check after the controller stopped", async () => {
    const dueAtMs = clock.wallMs() + 3_600_000;
    const reboot = {
      actionId: ID,
      askedBy: null,
      reason: "",
      dueAtMs,
      latestAtMs: dueAtMs,
      postponementsLeft: 0,
    };
    agent.changeView({ reboot: { ...reboot, warnings: [] } });
    await check();
    notifications.stop();
    expect(clock.timers()).toBe(0);
  });
});

describe("an answer of IT to a help request", () => {
  const unreadAnswers = [{ request: ID, message: ID, author: "Bo", text: "On my <way>" }];

  it("is shown once, and opens the thread when it is clicked", async () => {
    agent.changeView({ support: { revision: 1, alarms: [], unreadAnswers } });
    await check();
    await check();
    expect(shown.map(({ note }) => note)).toEqual([
      { title: "Bo answered your request", text: "On my <way>", urgency: "normal", buttons: [] },
    ]);
    shown[0]?.events.clicked?.();
    expect(opened).toEqual(["ask"]);
  });

  it("is not shown while the screen is locked", async () => {
    isLocked = true;
    agent.changeView({ support: { revision: 1, alarms: [], unreadAnswers } });
    await check();
    expect(shown).toEqual([]);
    isLocked = false;
    await clock.advance(LOCK_CHECK_INTERVAL_MS);
    expect(shown).toHaveLength(1);
  });
});
