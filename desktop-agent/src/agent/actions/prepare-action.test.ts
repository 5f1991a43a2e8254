import { ACTIONS, ActionType } from "@muster/shared/actions/catalog.ts";
import { describe, expect, it } from "vitest";
import { ACTION_HANDLERS } from "./prepare-action.ts";

describe("the table of handlers", () => {
  it("has every action of the catalogue; otherwise it does not compile", () => {
    const { message: _forgotten, ...others } = ACTION_HANDLERS;
    // @ts-expect-error -- the handler of messages is missing
    const incomplete: typeof ACTION_HANDLERS = others;
    expect(Object.keys(incomplete)).toHaveLength(ActionType.options.length - 1);
    expect(Object.keys(ACTION_HANDLERS)).toEqual(Object.keys(ACTIONS));
  });
});
