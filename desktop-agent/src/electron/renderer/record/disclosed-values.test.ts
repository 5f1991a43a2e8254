import { expect, it } from "vitest";
import { createTranslations } from "../../model/translations.ts";
import { retentionText, frequencyText } from "./disclosed-values.ts";

const translations = await createTranslations("en", "en-GB");
const { t } = translations;
const kept = { samplesDays: 14, fiveMinutesDays: 90, hoursDays: 730 };

it("shows how often metrics and the rest are sent", () => {
  expect(frequencyText("metric", { intervalS: 15 }, translations)).toBe("every 15 s");
  expect(frequencyText("fact", { intervalS: 15 }, translations)).toBe("when it changes");
});

it("shows how long metrics and the rest are kept", () => {
  expect(retentionText("metric", { kept }, t)).toBe("every value for 14 days, averages for up to 730 days");
  expect(retentionText("metric", { kept: null }, t)).toBe("as configured on the server");
  expect(retentionText("inventory", { kept }, t)).toBe("latest value only");
});
