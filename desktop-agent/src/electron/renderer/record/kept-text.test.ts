import { expect, it } from "vitest";
import { createWords } from "../../model/words.ts";
import { keptText, oftenText } from "./kept-text.ts";

const words = await createWords("en", "en-GB");
const { t } = words;
const kept = { samplesDays: 14, fiveMinutesDays: 90, hoursDays: 730 };

it("says how often figures and the rest are sent", () => {
  expect(oftenText("metric", { intervalS: 15 }, words)).toBe("every 15 s");
  expect(oftenText("fact", { intervalS: 15 }, words)).toBe("when it changes");
});

it("says how long figures and the rest are kept", () => {
  expect(keptText("metric", { kept }, t)).toBe("14 days in full, averages up to 730 days");
  expect(keptText("metric", { kept: null }, t)).toBe("as the server decides");
  expect(keptText("inventory", { kept }, t)).toBe("only the latest");
});
