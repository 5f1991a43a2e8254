import { createFormats } from "@muster/shared/i18n/formats.ts";
import { expect, it } from "vitest";
import { formatAdviceValues } from "./advice-values.ts";

it("formats values for the language", () => {
  const metrics = {
    used: { as: "percent", value: 97.4 },
    left: { as: "bytes", value: 3e9 },
  } as const;
  expect(formatAdviceValues(metrics, createFormats("en-GB"), 0)).toEqual({
    used: "97%",
    left: "3 GB",
    time: "",
  });
  expect(formatAdviceValues(metrics, createFormats("de"), 0).used).toBe("97\u00a0%");
});

it("formats a near time without a day, and a distant one with its day", () => {
  const nowMs = Date.UTC(2026, 10, 20, 12);
  const formats = createFormats("en-GB");
  const moment = (value: number) =>
    formatAdviceValues({ time: { as: "moment", value } }, formats, nowMs).time;
  expect(moment(nowMs - 60_000)).toBe(formats.clock(nowMs - 60_000));
  expect(moment(nowMs - 30 * 86_400_000)).toContain("2026");
});
