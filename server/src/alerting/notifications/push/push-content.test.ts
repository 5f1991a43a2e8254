import { describe, expect, it } from "vitest";
import type { MessageEvent, OutgoingMessage } from "../channels/outgoing-message.ts";
import { pushContentOf } from "./push-content.ts";

const MAX_CONTENT_BYTES = 3_993;

const eventOf = (
  id: string,
  change: Partial<MessageEvent> = {},
  text = "The disk is full.",
): MessageEvent => ({
  kind: "opened",
  eventNumber: 1,
  at: 0,
  severity: "warning",
  alarm: {
    id,
    type: "metric",
    severity: "warning",
    title: text,
    sentence: text,
    deviceId: "d",
    deviceName: text,
    ruleId: "r",
    ruleName: text,
    customerId: null,
    openedAt: 0,
    endedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  },
  acknowledgeUrl: null,
  ...change,
});
const messageOf = (events: MessageEvent[]): OutgoingMessage => ({
  id: "m",
  language: "en",
  publicUrl: "https://muster.example.org",
  createdAt: 7,
  events,
  testOf: null,
  confirmUrl: null,
});

describe("the content of a push notification", () => {
  it.each([['"\\'.repeat(5_000)], ["\u{1f4a3}".repeat(5_000)], ["\u0000\u202e\n".repeat(5_000)]])(
    "fits into what push services take, whatever devices are called (%#)",
    (text) => {
      const events = Array.from({ length: 30 }, (_, index) => eventOf(`a${index}`, {}, text));
      for (const some of [events, events.slice(0, 1)]) {
        const content = JSON.stringify(pushContentOf(messageOf(some)));
        expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
      }
    },
  );

  it("leads to its alarm, and to the list for several", () => {
    expect(pushContentOf(messageOf([eventOf("a")]))).toMatchObject({
      path: "/alarms/a",
      tag: "muster-alarm-a",
    });
    const both = pushContentOf(messageOf([eventOf("a"), eventOf("b")]));
    expect(both).toMatchObject({ path: "/alarms", tag: "muster-message-m" });
  });

  it("is as urgent as the worst alarm that is not over", () => {
    const ended = eventOf("a", { kind: "ended", severity: "critical" });
    expect(pushContentOf(messageOf([ended, eventOf("b")])).severity).toBe("warning");
    expect(pushContentOf(messageOf([ended]))).toMatchObject({ severity: null, isSilent: true });
  });

  it("makes a sound where it is no news of an end, such as what a user watches", () => {
    const note = {
      title: "web-01 is back",
      lines: [],
      link: { label: "Open", path: "/devices/d" },
      reason: "",
    };
    const content = pushContentOf({ ...messageOf([]), note });
    expect(content).toMatchObject({ path: "/devices/d", severity: null, isSilent: false });
  });
});
