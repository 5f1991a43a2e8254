import { describe, expect, it } from "vitest";
import { backOffMs, createSseParser } from "./stream-reader.ts";

it("doubles its wait up to half a minute", () => {
  expect([0, 1, 2, 3, 20].map((attempt) => backOffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000, 30_000]);
});

it("spreads waits over the upper half", () => {
  expect(backOffMs(3, 0)).toBe(2000);
  expect(backOffMs(3, 0.5)).toBe(3000);
});

describe("server-sent events", () => {
  it("finds events however the text is split", () => {
    const text = 'event: devices\ndata: {"a":1}\n\n: ping\n\nevent: resync\r\ndata: {}\r\n\r\n';
    for (let cut = 0; cut <= text.length; cut += 1) {
      const parser = createSseParser();
      const events = [...parser.feed(text.slice(0, cut)), ...parser.feed(text.slice(cut))];
      expect(events).toEqual([
        { event: "devices", data: '{"a":1}' },
        { event: "resync", data: "{}" },
      ]);
    }
  });

  it("joins several data lines and names an unnamed event", () => {
    expect(createSseParser().feed("data: one\ndata: two\n\n")).toEqual([
      { event: "message", data: "one\ntwo" },
    ]);
  });

  it("does not return an unfinished event", () => {
    expect(createSseParser().feed("event: summary\ndata: {}\n")).toEqual([]);
  });
});
