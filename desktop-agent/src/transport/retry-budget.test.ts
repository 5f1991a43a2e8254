import { describe, expect, it } from "vitest";
import { createFakeClock } from "../platform/fake/fake-clock.ts";
import { createRetryBudget } from "./retry-budget.ts";

describe("createRetryBudget", () => {
  it("allows retries below three tenths of the requests", () => {
    const budget = createRetryBudget(createFakeClock());
    for (let request = 0; request < 7; request += 1) budget.sent("first");
    budget.sent("retry");
    budget.sent("retry");
    expect(budget.allowsRetry()).toBe(true); // 2 of 9
    budget.sent("retry");
    expect(budget.allowsRetry()).toBe(false); // 3 of 10
  });

  it("looks at the last minute only", async () => {
    const clock = createFakeClock();
    const budget = createRetryBudget(clock);
    budget.sent("first");
    budget.sent("retry");
    await clock.advance(59_999);
    expect(budget.allowsRetry()).toBe(false);
    await clock.advance(1);
    expect(budget.allowsRetry()).toBe(true);
  });
});
