import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { expect, it } from "vitest";
import { createWords } from "../../model/words.ts";
import { actionName } from "./action-name.ts";

const { t } = await createWords("en", "en-GB");

it("has words for every action of the catalogue", () => {
  const worded: Record<string, string> = trayWindowsEn.record.done.action;
  for (const type of Object.keys(ACTIONS)) expect(actionName(type, t)).toBe(worded[type]);
});

it("words the type of an action that it does not know", () => {
  expect(actionName("dry-run", t)).toBe("Dry run");
});
