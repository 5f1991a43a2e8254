import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { expect, it } from "vitest";
import { createWords } from "../../model/words.ts";
import { actionName } from "./action-name.ts";

const { t } = await createWords("en", "en-GB");

it("has words for every action of the catalogue", () => {
  for (const type of Object.keys(ACTIONS)) expect(actionName(type, t)).not.toBe(type);
});

it("shows the type of an action that it does not know", () => {
  expect(actionName("dance", t)).toBe("dance");
});
