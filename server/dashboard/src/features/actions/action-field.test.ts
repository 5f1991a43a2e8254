import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { line, lines } from "@muster/shared/contracts/text.ts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf } from "./action-field.ts";

describe("fields of a payload", () => {
  it("are made for every kind of value, with its bounds and its default", () => {
    const payload = z.strictObject({
      name: line(20),
      text: lines(300).default("so far"),
      times: z.number().int().min(2).max(9).default(3),
      minutes: z.number().int().min(0).max(60).default(1).meta({ suggested: 15 }),
      sure: z.boolean().default(true),
      pace: z.enum(["slow", "fast"]).default("slow"),
      words: z.array(line(12)).max(4).default([]),
    });
    const words = {
      name: { label: "Nom", hint: "Court" },
      pace: { label: "Allure", choices: { fast: "Vite" } },
    };
    expect(fieldsOf(payload, words)).toEqual([
      {
        name: "name",
        label: "Nom",
        hint: "Court",
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
      expect.objectContaining({ name: "minutes", initial: "15" }),
      expect.objectContaining({ name: "sure", kind: "switch", initial: true }),
      expect.objectContaining({
        name: "pace",
        kind: "choice",
        initial: "slow",
        choices: [
          { value: "slow", label: "slow" },
          { value: "fast", label: "Vite" },
        ],
      }),
      expect.objectContaining({ name: "words", kind: "list", maxItems: 4, maxItemLength: 12, initial: [] }),
    ]);
  });

  it("refuse a shape that no field can show", () => {
    expect(() => fieldsOf(z.strictObject({ at: z.object({ x: z.number() }) }), {})).toThrow();
  });

  it("take several lines for the text of a message and one for its title", () => {
    const kinds = new Map(fieldsOf(ACTIONS.message.payload, {}).map(({ name, kind }) => [name, kind]));
    expect(kinds.get("text")).toBe("lines");
    expect(kinds.get("title")).toBe("line");
  });
});
