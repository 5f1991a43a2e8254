import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { expect, it } from "vitest";
import { createTranslations } from "../../model/translations.ts";
import { actionName, compareRecords } from "./recorded-action.ts";

const { t } = await createTranslations("en", "en-GB");

it("has translations for every action of the catalogue", () => {
  const worded: Record<string, string> = trayWindowsEn.record.done.action;
  for (const type of Object.keys(ACTIONS)) expect(actionName(type, t)).toBe(worded[type]);
});

it("makes the type of an unknown action readable", () => {
  expect(actionName("dry-run", t)).toBe("Dry run");
});

const end = (outcome: "done" | "error") => ({ startedAtMs: 1, endedAtMs: 2, outcome, message: null });
const action = (changes: Partial<RecordedAction>): RecordedAction => ({
  id: "0198c0de-0000-7000-8000-000000000001",
  type: "reboot",
  askedBy: null,
  why: null,
  askedAtMs: null,
  here: end("done"),
  server: end("done"),
  differs: false,
  ...changes,
});

it.each([
  [{}, { kind: "agrees" }],
  [{ server: undefined }, { kind: "uncompared" }],
  [{ server: null, differs: true }, { kind: "onlyHere" }],
  [{ here: null, differs: true }, { kind: "onlyServer" }],
  [{ here: null }, { kind: "notHere" }],
  [
    { server: end("error"), differs: true },
    { kind: "differs", outcome: "error" },
  ],
  [{ differs: true }, { kind: "differsTimes" }],
] as const)("compares %o", (changes, comparison) => {
  expect(compareRecords(action(changes))).toEqual(comparison);
});
