import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { line, lines } from "@muster/shared/contracts/text.ts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ACTION_TYPES, definitionOf } from "./action-catalog.ts";
import { fieldsOf, labelsOf } from "./action-field.ts";

const LABEL = { en: "One", fr: "Un" };

describe("fields of a payload", () => {
  it("are made for every kind of value, with its bounds and its default", () => {
    const payload = z.strictObject({
      name: line(20).meta({ label: LABEL, hint: { en: "Short", fr: "Court" } }),
      text: lines(300).default("so far"),
      times: z.number().int().min(2).max(9).default(3),
      sure: z.boolean().default(true),
      pace: z
        .enum(["slow", "fast"])
        .default("slow")
        .meta({ choices: { fast: { en: "Fast", fr: "Vite" } } }),
      words: z.array(line(12)).max(4).default([]),
    });
    expect(fieldsOf(payload)).toEqual([
      {
        name: "name",
        label: LABEL,
        hint: { en: "Short", fr: "Court" },
        isRequired: true,
        kind: "line",
        maxLength: 20,
        initial: "",
      },
      expect.objectContaining({
        name: "text",
        isRequired: false,
        kind: "lines",
        maxLength: 300,
        initial: "so far",
      }),
      expect.objectContaining({ name: "times", kind: "integer", min: 2, max: 9, initial: "3" }),
      expect.objectContaining({ name: "sure", kind: "switch", initial: true }),
      expect.objectContaining({
        name: "pace",
        kind: "choice",
        initial: "slow",
        choices: [
          { value: "slow", label: { en: "slow", fr: "slow" } },
          { value: "fast", label: { en: "Fast", fr: "Vite" } },
        ],
      }),
      expect.objectContaining({ name: "words", kind: "list", maxItems: 4, maxItemLength: 12, initial: [] }),
    ]);
  });

  it("refuse a shape that no field can show", () => {
    expect(() => fieldsOf(z.strictObject({ at: z.object({ x: z.number() }) }))).toThrow();
  });

  it.each(ACTION_TYPES)("have a label of their own in every language for %s", (type) => {
    const { payload, result } = definitionOf(type);
    for (const { name, label } of fieldsOf(payload)) expect(label, name).not.toEqual({ en: name, fr: name });
    for (const [name, label] of labelsOf(result)) expect(label, name).not.toEqual({ en: name, fr: name });
  });

  it("take several lines for the text of a message and one for its title", () => {
    const kinds = new Map(fieldsOf(ACTIONS.message.payload).map(({ name, kind }) => [name, kind]));
    expect(kinds.get("text")).toBe("lines");
    expect(kinds.get("title")).toBe("line");
  });
});
