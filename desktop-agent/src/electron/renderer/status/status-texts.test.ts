import { expect, it } from "vitest";
import { createTranslations } from "../../model/translations.ts";
import { pauseLabel, pendingTexts } from "./status-texts.ts";

const { t, formats } = await createTranslations("en", "en-GB");

it.each([
  [30 * 60_000, null, "30 minutes"],
  [2 * 3_600_000, null, "2 hours"],
  [null, null, "Until I resume"],
  [30 * 60_000, 3_600_000, "30 minutes"],
  [3_600_000, 3_600_000, "Maximum (1 h)"],
  [2 * 3_600_000, 2 * 3_600_000, "Maximum (2 h)"],
  [15 * 60_000, null, "15 min"],
])("calls a pause of %s within %s: %s", (forMs, longestMs, label) => {
  expect(pauseLabel(forMs, longestMs, t, formats)).toBe(label);
});

it.each([
  [0, 0, []],
  [1, 0, ["1 measurement to send"]],
  [240, 2, ["240 measurements to send", "2 tasks from IT"]],
])("describes %i samples and %i actions", (spooledSamples, waitingActions, translations) => {
  expect(pendingTexts({ spooledSamples, waitingActions }, t)).toEqual(translations);
});
