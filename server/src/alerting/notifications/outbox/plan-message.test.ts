import { describe, expect, it } from "vitest";
import {
  DIGEST_PERIOD_MS,
  MAX_MESSAGES_BEFORE_DIGEST,
  planMessage,
  type RecentMessage,
} from "./plan-message.ts";

const NOW = 10_000_000;
const how = { now: NOW, collectMs: 60_000, isUrgent: false };

const message = (ago: number, change: Partial<RecentMessage> = {}): RecentMessage => ({
  id: `message-${ago}`,
  state: "sent",
  planned_at: NOW - ago,
  is_collecting: 0,
  is_urgent: 0,
  attempts: 1,
  ...change,
});
const collecting = (ago: number) => message(ago, { state: "waiting", is_collecting: 1, attempts: 0 });

describe("planMessage", () => {
  it("sends the first message at once", () => {
    expect(planMessage([], how)).toEqual({ plannedAt: NOW, isCollecting: false });
    expect(planMessage([message(60_001)], how)).toEqual({ plannedAt: NOW, isCollecting: false });
  });

  it("collects what follows within the collect time after the last message", () => {
    expect(planMessage([message(20_000)], how)).toEqual({ plannedAt: NOW + 40_000, isCollecting: true });
    expect(planMessage([message(80_000), message(20_000, { is_collecting: 1 })], how)).toEqual({
      plannedAt: NOW + 40_000,
      isCollecting: true,
    });
    expect(planMessage([message(0)], { ...how, collectMs: 0 })).toMatchObject({ isCollecting: false });
  });

  it("joins a message that is still collecting, and none that was tried or is due", () => {
    expect(planMessage([message(20_000), collecting(-40_000)], how)).toEqual({ join: "message--40000" });
    const tried = { ...collecting(-40_000), attempts: 1 };
    expect(planMessage([tried], how)).not.toHaveProperty("join");
    expect(planMessage([collecting(0)], how)).not.toHaveProperty("join");
  });

  it("sends what is urgent at once, and does not begin to collect with it", () => {
    const urgent = { ...how, isUrgent: true };
    expect(planMessage([message(1_000), collecting(-40_000)], urgent)).toEqual({
      plannedAt: NOW,
      isCollecting: false,
    });
    expect(planMessage([message(1_000, { is_urgent: 1 })], how)).toEqual({
      plannedAt: NOW,
      isCollecting: false,
    });
  });

  it("makes a digest of more than 20 messages in five minutes, of urgent ones too", () => {
    const many = Array.from({ length: MAX_MESSAGES_BEFORE_DIGEST }, (_, index) =>
      message(200_000 - index, { is_urgent: 1 }),
    );
    const digest = { plannedAt: NOW - 200_000 + DIGEST_PERIOD_MS, isCollecting: true };
    expect(planMessage(many, { ...how, isUrgent: true })).toEqual(digest);
    expect(planMessage(many, how)).toEqual(digest);
    expect(planMessage([...many, collecting(-100_000)], { ...how, isUrgent: true })).toEqual({
      join: "message--100000",
    });
    expect(planMessage(many.slice(1), { ...how, isUrgent: true })).toMatchObject({ plannedAt: NOW });
  });
});
