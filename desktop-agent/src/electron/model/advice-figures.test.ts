import { createFormats } from "@muster/shared/i18n/formats.ts";
import { expect, it } from "vitest";
import { wordFigures } from "./advice-figures.ts";

it("writes figures as the language does", () => {
  const figures = {
    used: { as: "percent", value: 97.4 },
    left: { as: "bytes", value: 3e9 },
  } as const;
  expect(wordFigures(figures, createFormats("en-GB"), 0)).toEqual({ used: "97%", left: "3 GB", time: "" });
  expect(wordFigures(figures, createFormats("de"), 0).used).toBe("97\u00a0%");
});

it("writes a near moment as a time alone, and a far one with its day", () => {
  const nowMs = Date.UTC(2026, 10, 20, 12);
  const formats = createFormats("en-GB");
  const moment = (value: number) => wordFigures({ time: { as: "moment", value } }, formats, nowMs).time;
  expect(moment(nowMs - 60_000)).toBe(formats.clock(nowMs - 60_000));
  expect(moment(nowMs - 30 * 86_400_000)).toContain("2026");
});
