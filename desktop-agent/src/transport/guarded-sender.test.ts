import { describe, expect, it } from "vitest";
import { createFakeClock } from "../platform/fake/fake-clock.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import type { ExchangeOutcome, ExchangeRequest } from "./exchange.ts";
import { createGuardedSender, MAX_ATTEMPTS, retryDelayMs } from "./guarded-sender.ts";
import { createRetryBudget } from "./retry-budget.ts";

const REQUEST: ExchangeRequest = { path: "/", headers: {}, body: "{}", timeoutMs: 1000 };
const OK: ExchangeOutcome = { kind: "answered", status: 200, body: "{}", retryAfter: null };
const CUT: ExchangeOutcome = { kind: "unknown", reason: "The connection was closed." };
const NOBODY: ExchangeOutcome = { kind: "not-sent", reason: "nothing listens" };
const status = (code: number, retryAfter: string | null = null): ExchangeOutcome => ({
  kind: "answered",
  status: code,
  body: "",
  retryAfter,
});

/** A sender over a network that gives these outcomes in turn, the last one for ever. */
function setUp(...outcomes: ExchangeOutcome[]) {
  const clock = createFakeClock();
  const sentAt: number[] = [];
  const sender = createGuardedSender({
    exchange: {
      send: async () => {
        sentAt.push(clock.monotonicMs());
        return outcomes[Math.min(sentAt.length, outcomes.length) - 1] ?? OK;
      },
      disconnect: () => undefined,
    },
    clock,
    random: () => 0.5,
    breaker: createCircuitBreaker(clock),
    budget: createRetryBudget(clock),
  });
  async function send(request: ExchangeRequest = REQUEST, attempts?: number) {
    const sending = sender.send(request, { attempts });
    await clock.advance(15_000);
    return sending;
  }
  return { clock, sentAt, sender, send };
}

describe("createGuardedSender", () => {
  it("answers immediately when the first attempt is answered", async () => {
    const { send, sentAt } = setUp(OK);
    expect(await send()).toEqual(OK);
    expect(sentAt).toEqual([0]);
  });

  it("tries again after the policy's delay", async () => {
    const { send, sentAt } = setUp(NOBODY, OK);
    expect(await send()).toEqual(OK);
    expect(sentAt).toEqual([0, 1000]);
  });

  it("makes three attempts at most when the budget allows", async () => {
    const { clock, sender, sentAt } = setUp(...Array.from({ length: 7 }, () => OK), NOBODY);
    for (let request = 0; request < 7; request += 1) await sender.send(REQUEST);
    const sending = sender.send(REQUEST);
    await clock.advance(15_000);
    expect(await sending).toEqual(NOBODY);
    expect(sentAt.slice(7)).toEqual([0, 1000, 3000]);
  });

  it("does not retry after an answer below 500", async () => {
    for (const code of [400, 401, 403, 404, 409, 413]) {
      const { send, sentAt } = setUp(status(code));
      expect(await send()).toEqual(status(code));
      expect(sentAt).toHaveLength(1);
    }
  });

  it("stops retrying when three tenths of the last minute's requests were retries", async () => {
    const { send, sentAt } = setUp(NOBODY);
    await send();
    expect(sentAt).toHaveLength(2); // one retry of two requests is over the budget
    await send();
    expect(sentAt).toHaveLength(3);
  });

  it('returns "unknown" when any attempt may have arrived', async () => {
    expect((await setUp(CUT, NOBODY).send()).kind).toBe("unknown");
    expect((await setUp(status(502), NOBODY).send()).kind).toBe("unknown");
    expect((await setUp(NOBODY, NOBODY).send()).kind).toBe("not-sent");
    expect((await setUp(status(429), NOBODY).send()).kind).toBe("not-sent");
  });

  it("sends nothing while the circuit is open, and tries again after a minute", async () => {
    const { clock, send, sentAt, sender } = setUp(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, OK);
    for (let request = 0; request < 5; request += 1) await send(REQUEST, 1);
    expect(sender.isOpen()).toBe(false);
    expect((await send()).kind).toBe("not-sent");
    expect(sentAt).toHaveLength(5);
    await clock.advance(60_000);
    expect(sender.isOpen()).toBe(true);
    expect(await send()).toEqual(OK);
  });

  it("does not count answers below 500 as failures of the circuit", async () => {
    const { send, sender } = setUp(status(401));
    for (let request = 0; request < 8; request += 1) await send();
    expect(sender.isOpen()).toBe(true);
  });

  it("waits as long as Retry-After says before any next request", async () => {
    for (const code of [429, 503]) {
      const { clock, send, sentAt, sender } = setUp(status(code, "60"), OK);
      expect((await send()).kind).toBe(code === 429 ? "not-sent" : "unknown");
      expect(sender.isOpen()).toBe(false);
      expect((await send()).kind).toBe("not-sent");
      expect(sentAt).toHaveLength(1);
      // 60 s and half of the quarter that is added at random, of which 30 s have passed.
      await clock.advance(37_500);
      expect(await send()).toEqual(OK);
    }
  });

  it("waits for a short Retry-After within the same send", async () => {
    const { send, sentAt } = setUp(status(503, "4"), OK);
    expect(await send()).toEqual(OK);
    expect(sentAt).toEqual([0, 4500]);
  });

  it("stops waiting when it is aborted", async () => {
    const { clock, sender, sentAt } = setUp(NOBODY);
    const patience = new AbortController();
    const sending = sender.send({ ...REQUEST, signal: patience.signal });
    await clock.advance(10);
    patience.abort();
    expect((await sending).kind).toBe("not-sent");
    expect(sentAt).toHaveLength(1);
    expect(clock.timers()).toBe(0);
  });
});

const evenly = () => 0.5;

describe("retryDelayMs", () => {
  it("doubles from one second up to a minute", () => {
    const delays = [1, 2, 3, 6, 7, 20].map((attempt) => retryDelayMs(attempt, evenly));
    expect(delays).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
  });

  it("spreads by a quarter to either side", () => {
    expect(retryDelayMs(1, () => 0)).toBe(750);
    expect(retryDelayMs(1, () => 1)).toBe(1250);
    expect(retryDelayMs(9, () => 1)).toBe(75_000);
  });

  it("makes three attempts", () => expect(MAX_ATTEMPTS).toBe(3));
});
