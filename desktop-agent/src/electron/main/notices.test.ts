import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../../agent/log.ts";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import { createWords } from "../model/words.ts";
import { LOCKED_LOOK_MS } from "../model/notices.ts";
import { createNotices } from "./notices.ts";
import type { Note, NotificationEvents } from "./notifier.ts";

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
let shown: { note: Note; events: Partial<NotificationEvents> }[];
let opened: string[];
let isLocked: boolean;
let notices: ReturnType<typeof createNotices>;

beforeEach(async () => {
  clock = createFakeClock();
  agent = createStubAgent({ readMessages: async () => [message] });
  shown = [];
  opened = [];
  isLocked = false;
  const words = await createWords("en", "en-GB");
  notices = createNotices({
    link: { agent: () => agent },
    notifier: { show: (note, events) => void shown.push({ note, events }) },
    windows: { open: (name, how) => void opened.push(how?.isQuiet ? `${name} quietly` : name) },
    words: () => words,
    isLocked: async () => isLocked,
    clock,
    log: createLog({ level: "error", wallMs: () => 0, write: (line) => expect.fail(line) }),
  });
});

async function look(): Promise<void> {
  notices.look();
  await clock.advance(0);
}

describe("a message", () => {
  it("is shown with who sent it, and counts as shown when the system says so", async () => {
    agent.changeView({ unshownMessages: [ID] });
    await look();
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

  it("answers with the button that was pressed, and opens the inbox by a click", async () => {
    agent.changeView({ unshownMessages: [ID] });
    await look();
    shown[0]?.events.pressed?.(1);
    shown[0]?.events.pressed?.(7);
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "pressed", button: "Now" }]]);
    shown[0]?.events.clicked?.();
    expect(opened).toEqual(["messages"]);
  });

  it("is shown in a window where the system shows no notifications", async () => {
    agent.changeView({ unshownMessages: [ID] });
    await look();
    shown[0]?.events.failed?.();
    expect(opened).toEqual(["messages quietly"]);
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "shown", by: "window" }]]);
  });

  it("is told as shown with the next look where the agent could not be reached", async () => {
    const hear = agent.acknowledge;
    agent.acknowledge = async () => Promise.reject(new Error("the connection has ended"));
    agent.changeView({ unshownMessages: [ID] });
    await look();
    shown[0]?.events.shown?.();
    await clock.advance(0);
    agent.acknowledge = hear;
    await look();
    await look();
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "shown", by: "notification" }]]);
    expect(shown).toHaveLength(1);
  });

  it("waits behind a locked screen, which is told, until it is unlocked", async () => {
    agent.changeView({ unshownMessages: [ID] });
    isLocked = true;
    await look();
    await look();
    expect(shown).toEqual([]);
    expect(agent.requests).toEqual([["acknowledge", ID, { what: "not-shown", reason: "locked" }]]);
    isLocked = false;
    await look();
    expect(shown).toHaveLength(1);
  });
});

describe("a message behind a screen whose unlocking nobody tells", () => {
  it("is shown within seconds all the same", async () => {
    agent.changeView({ unshownMessages: [ID] });
    isLocked = true;
    await look();
    isLocked = false;
    await clock.advance(LOCKED_LOOK_MS);
    expect(shown).toHaveLength(1);
    expect(clock.timers()).toBe(0);
  });

  it("is not waited for once it was withdrawn", async () => {
    agent.changeView({ unshownMessages: [ID] });
    isLocked = true;
    await look();
    agent.changeView({ unshownMessages: [] });
    await look();
    expect(clock.timers()).toBe(0);
    isLocked = false;
    await look();
    expect(shown).toEqual([]);
  });
});

describe("a planned reboot", () => {
  it("is announced, and announced again with its window in its last five minutes, by time alone", async () => {
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
    await look();
    expect(shown.map(({ note }) => note.title)).toEqual(["A reboot is planned"]);
    await clock.advance(3_300_000 - 1000);
    expect(shown).toHaveLength(1);
    await clock.advance(1000);
    expect(shown.map(({ note }) => note.title)).toEqual(["A reboot is planned", "Reboot in a few minutes"]);
    expect(shown[1]?.note.text).toContain("5 minutes");
    expect(opened).toEqual(["reboot quietly"]);
  });

  it("is not waited for after the end", async () => {
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
    await look();
    notices.end();
    expect(clock.timers()).toBe(0);
  });
});
