import { describe, expect, it } from "vitest";
import { createFakeClock } from "../platform/fake/fake-clock.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";

function setUp() {
  const clock = createFakeClock();
  const breaker = createCircuitBreaker(clock);
  const fail = (times: number) => {
    for (let call = 0; call < times; call += 1) {
      breaker.allows();
      breaker.failed();
    }
  };
  return { clock, breaker, fail };
}

describe("createCircuitBreaker", () => {
  it("opens at the fifth failure in a row", () => {
    const { breaker, fail } = setUp();
    fail(4);
    expect(breaker.state()).toBe("closed");
    fail(1);
    expect(breaker.state()).toBe("open");
    expect(breaker.allows()).toBe(false);
  });

  it("allows a try immediately when a user requests it, and opens again when that fails", () => {
    const { breaker, fail } = setUp();
    breaker.tryNow();
    expect(breaker.state()).toBe("closed");
    fail(5);
    breaker.tryNow();
    expect([breaker.state(), breaker.allows()]).toEqual(["half-open", true]);
    breaker.failed();
    expect([breaker.state(), breaker.allows()]).toEqual(["open", false]);
  });

  it("resets its count of failures after a success", () => {
    const { breaker, fail } = setUp();
    fail(4);
    breaker.succeeded();
    fail(4);
    expect(breaker.state()).toBe("closed");
  });

  it("stays open for a minute, then allows three calls", async () => {
    const { clock, breaker, fail } = setUp();
    fail(5);
    await clock.advance(59_999);
    expect(breaker.allows()).toBe(false);
    await clock.advance(1);
    expect([1, 2, 3, 4].map(() => breaker.allows())).toEqual([true, true, true, false]);
  });

  it("closes after two successes in half-open", async () => {
    const { clock, breaker, fail } = setUp();
    fail(5);
    await clock.advance(60_000);
    breaker.allows();
    breaker.succeeded();
    expect(breaker.state()).toBe("half-open");
    breaker.allows();
    breaker.succeeded();
    expect(breaker.state()).toBe("closed");
    fail(4);
    expect(breaker.state()).toBe("closed");
  });

  it("opens again after any failure in half-open, for another minute", async () => {
    const { clock, breaker, fail } = setUp();
    fail(5);
    await clock.advance(60_000);
    breaker.allows();
    breaker.succeeded();
    fail(1);
    expect(breaker.state()).toBe("open");
    await clock.advance(60_000);
    expect(breaker.state()).toBe("half-open");
  });

  it("counts an answer that arrives while it is open as a success in half-open", async () => {
    const { breaker, fail } = setUp();
    fail(5);
    breaker.succeeded();
    expect([breaker.state(), breaker.allows()]).toEqual(["half-open", true]);
    breaker.succeeded();
    expect(breaker.state()).toBe("closed");
  });

  it("gives the place of an abandoned call to another one", async () => {
    const { clock, breaker, fail } = setUp();
    fail(5);
    await clock.advance(60_000);
    for (let call = 0; call < 3; call += 1) breaker.allows();
    breaker.abandoned();
    expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
  });
});
