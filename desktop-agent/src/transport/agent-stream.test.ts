import { describe, expect, it } from "vitest";
import { createFakeClock } from "../platform/fake/fake-clock.ts";
import { createAgentStream } from "./agent-stream.ts";
import type { StreamEnd, StreamHandlers } from "./http-events.ts";

function setUp({ random = (): number => 1, mayOpen = (): boolean => true } = {}) {
  const clock = createFakeClock();
  const opened: { handlers: StreamHandlers; isClosed: boolean; path: string }[] = [];
  let nudges = 0;
  let answers = 0;
  const stream = createAgentStream({
    open: (path, _headers, handlers) => {
      const entry = { handlers, isClosed: false, path };
      opened.push(entry);
      return () => {
        entry.isClosed = true;
      };
    },
    headers: {},
    clock,
    random,
    mayOpen,
    answers: () => {
      answers += 1;
    },
    nudged: () => {
      nudges += 1;
    },
  });
  const last = () => opened.at(-1)?.handlers;
  return {
    stream,
    clock,
    opened,
    nudges: () => nudges,
    answers: () => answers,
    accept: () => last()?.opened(),
    event: (name: string) => last()?.event(name),
    end: (end: StreamEnd) => last()?.ended(end),
    /** Seconds from an end to the next try. */
    async delayAfter(end: StreamEnd): Promise<number> {
      const before = opened.length;
      last()?.ended(end);
      for (let seconds = 1; seconds < 3600; seconds += 1) {
        await clock.advance(1000);
        if (opened.length > before) return seconds;
      }
      return Infinity;
    },
  };
}

const CUT: StreamEnd = { kind: "cut" };
const answered = (status: number, retryAfter: string | null = null): StreamEnd => ({
  kind: "answered",
  status,
  retryAfter,
});

describe("the agent's stream", () => {
  it("claims when it opens, at a nudge and at a resync, and at nothing else", () => {
    const { stream, accept, event, nudges, opened } = setUp();
    stream.keepOpen();
    stream.keepOpen();
    expect(opened.map(({ path }) => path)).toEqual(["/api/v1/agent/stream"]);
    expect(nudges()).toBe(0);
    accept();
    event("nudge");
    event("resync");
    event("other");
    expect(nudges()).toBe(3);
  });

  it("reconnects after a cut, later after each stream that was short, and after five minutes at most", async () => {
    const { stream, accept, delayAfter } = setUp();
    stream.keepOpen();
    const delays: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      accept();
      delays.push(await delayAfter(CUT));
    }
    expect(delays).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it("starts with the short delay again after a stream that lasted", async () => {
    const { stream, clock, accept, delayAfter } = setUp();
    stream.keepOpen();
    for (let round = 0; round < 5; round += 1) await delayAfter({ kind: "unreached" });
    accept();
    await clock.advance(60_000);
    expect(await delayAfter(CUT)).toBe(2);
  });

  it("spreads its reconnection over a quarter to the whole of the delay", async () => {
    const early = setUp({ random: () => 0 });
    early.stream.keepOpen();
    for (let round = 0; round < 3; round += 1) await early.delayAfter(CUT);
    expect(await early.delayAfter(CUT)).toBe(4); // A quarter of 16 s.
  });

  it.each([401, 403, 404, 405, 501, 200])(
    "waits for a long time after a server answered %i",
    async (status) => {
      const { stream, delayAfter } = setUp({ random: () => 0 });
      stream.keepOpen();
      expect(await delayAfter(answered(status))).toBe(900);
    },
  );

  it("waits as long as the server requests", async () => {
    const { stream, delayAfter } = setUp({ random: () => 0 });
    stream.keepOpen();
    expect(await delayAfter(answered(503, "120"))).toBe(120);
  });

  it("reports that the server answers when it has opened", () => {
    const { stream, accept, answers } = setUp();
    stream.keepOpen();
    expect(answers()).toBe(0);
    accept();
    expect(answers()).toBe(1);
  });

  it("is tried immediately when the server was found, and waits from the short delay on if that fails", async () => {
    const { stream, opened, delayAfter, end, accept, clock } = setUp();
    stream.keepOpen();
    for (let round = 0; round < 6; round += 1) await delayAfter({ kind: "unreached" });
    end({ kind: "unreached" });
    const tries = opened.length;
    stream.tryNow();
    expect(opened).toHaveLength(tries + 1);
    stream.tryNow();
    expect(opened).toHaveLength(tries + 1);
    expect(await delayAfter({ kind: "unreached" })).toBe(2);
    accept();
    stream.tryNow();
    await clock.advance(600_000);
    expect(opened).toHaveLength(tries + 2);
  });

  it("respects the wait that a server requested, and is not tried after it was released", async () => {
    const { stream, opened, end } = setUp();
    stream.tryNow();
    stream.keepOpen();
    end(answered(503, "120"));
    stream.tryNow();
    expect(opened).toHaveLength(1);
    stream.close();
    stream.tryNow();
    expect(opened).toHaveLength(1);
  });

  it("does not try while requests may not leave", async () => {
    let mayOpen = false;
    const { stream, clock, opened } = setUp({ mayOpen: () => mayOpen });
    stream.keepOpen();
    await clock.advance(60_000);
    expect(opened).toHaveLength(0);
    mayOpen = true;
    await clock.advance(300_000);
    expect(opened).toHaveLength(1);
  });

  it("is closed and not tried again after it is released, and restarts when held again", async () => {
    const { stream, clock, opened, end } = setUp();
    stream.keepOpen();
    stream.close();
    expect(opened[0]?.isClosed).toBe(true);
    await clock.advance(600_000);
    stream.keepOpen();
    end(CUT);
    stream.close();
    await clock.advance(600_000);
    expect(opened).toHaveLength(2);
    expect(clock.timers()).toBe(0);
  });
});
