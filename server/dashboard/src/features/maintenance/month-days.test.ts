import { describe, expect, it } from "vitest";
import { weeksOf } from "./month-days.ts";

describe("the weeks of a month", () => {
  it("begin on Monday and include the days of other months around it", () => {
    const weeks = weeksOf(2026, 2);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.map(({ key }) => key)).toEqual(expect.arrayContaining(["2026-02-23", "2026-03-01"]));
    expect(weeks.at(-1)?.[0]).toMatchObject({ key: "2026-03-30", isInMonth: true });
    expect(weeks.at(-1)?.[6]).toMatchObject({ key: "2026-04-05", isInMonth: false });
  });
  it("are four where a month fits exactly, and may be of another year", () => {
    expect(weeksOf(2027, 1)).toHaveLength(4);
    expect(weeksOf(2026, 12)[0]?.at(-1)?.key).toBe("2027-01-03");
  });
});
