import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf } from "./action-field.ts";
import { type FieldValues, initialValues, readPayload } from "./action-payload.ts";

function read(schema: z.ZodObject, values: FieldValues) {
  const fields = fieldsOf(schema, {});
  return readPayload(schema, fields, { ...initialValues(fields), ...values });
}
function problems(schema: z.ZodObject, values: FieldValues) {
  const reading = read(schema, values);
  return "problems" in reading ? Object.fromEntries(reading.problems) : {};
}

describe("the payload of a form", () => {
  it("contains what was filled in, with defaults elsewhere", () => {
    expect(read(ACTIONS.message.payload, { title: " Hello ", text: "a\nb", buttons: ["OK"] })).toEqual({
      payload: { title: "Hello", text: "a\nb", urgency: "normal", buttons: ["OK"] },
    });
    expect(read(ACTIONS.reboot.payload, { delayMinutes: "" })).toMatchObject({
      payload: { delayMinutes: 1 },
    });
  });

  it("starts from an earlier payload, so that an action can be repeated", () => {
    const { payload } = ACTIONS.reboot;
    const earlier = { delayMinutes: 30, message: "Updates", postponements: 0, postponableHours: 0 };
    const fields = fieldsOf(payload, {});
    expect(readPayload(payload, fields, initialValues(fields, earlier))).toEqual({ payload: earlier });
  });

  it("names what is missing", () => {
    expect(problems(ACTIONS.message.payload, {})).toEqual({
      title: { kind: "required", limit: 0 },
      text: { kind: "required", limit: 0 },
    });
    expect(problems(ACTIONS.message.payload, { title: "  ", text: "x" })).toMatchObject({
      title: { kind: "required" },
    });
  });

  it.each([
    ["1.5", { kind: "whole", limit: 0 }],
    ["soon", { kind: "whole", limit: 0 }],
    ["-1", { kind: "too-small", limit: 0 }],
    ["1441", { kind: "too-big", limit: 1440 }],
  ])("names the reason why %s is not a delay", (delayMinutes, problem) => {
    expect(problems(ACTIONS.reboot.payload, { delayMinutes })).toEqual({ delayMinutes: problem });
  });

  it("names the bounds of texts and lists", () => {
    const schema = z.strictObject({
      code: z.string().min(3).max(5),
      words: z.array(z.string().max(4)).min(1).max(2),
    });
    expect(problems(schema, { code: "ab", words: [] })).toEqual({
      code: { kind: "too-short", limit: 3 },
      words: { kind: "too-few", limit: 1 },
    });
    expect(problems(schema, { code: "abcdef", words: ["a", "b", "c"] })).toEqual({
      code: { kind: "too-long", limit: 5 },
      words: { kind: "too-many", limit: 2 },
    });
    expect(problems(schema, { code: "abc", words: ["12345"] })).toEqual({
      words: { kind: "too-long", limit: 4 },
    });
  });

  it("refuses control characters", () => {
    expect(problems(ACTIONS.message.payload, { title: "a\u0007b", text: "x" })).toEqual({
      title: { kind: "refused", limit: 0 },
    });
  });
});
