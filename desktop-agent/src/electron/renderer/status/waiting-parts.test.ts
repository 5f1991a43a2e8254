import { expect, it } from "vitest";
import { createWords } from "../../model/words.ts";
import { waitingParts } from "./waiting-parts.ts";

const { t } = await createWords("en", "en-GB");

it.each([
  [0, 0, []],
  [1, 0, ["1 measurement to send"]],
  [240, 2, ["240 measurements to send", "2 tasks from IT"]],
])("words %i samples and %i actions", (spooledSamples, waitingActions, words) => {
  expect(waitingParts({ spooledSamples, waitingActions }, t)).toEqual(words);
});
