import { expect, it } from "vitest";
import { createWords } from "../../model/words.ts";
import { pauseLabel } from "./pause-label.ts";

const { t, formats } = await createWords("en", "en-GB");

it.each([
  [30 * 60_000, null, "30 minutes"],
  [2 * 3_600_000, null, "2 hours"],
  [null, null, "Until I resume"],
  [30 * 60_000, 3_600_000, "30 minutes"],
  [3_600_000, 3_600_000, "As long as allowed (1 h)"],
  [2 * 3_600_000, 2 * 3_600_000, "As long as allowed (2 h)"],
  [15 * 60_000, null, "15 min"],
])("calls a pause of %s within %s: %s", (forMs, longestMs, label) => {
  expect(pauseLabel(forMs, longestMs, t, formats)).toBe(label);
});
