import type { FieldTexts } from "@muster/shared/actions/action-texts.ts";
import { z } from "zod";

const describedField = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("string"),
    enum: z.array(z.string()).optional(),
    minLength: z.number().default(0),
    maxLength: z.number().optional(),
    default: z.string().optional(),
  }),
  z.object({
    type: z.literal("integer"),
    minimum: z.number(),
    maximum: z.number(),
    default: z.number().optional(),
    suggested: z.number().optional(),
  }),
  z.object({ type: z.literal("boolean"), default: z.boolean().optional() }),
  z.object({
    type: z.literal("array"),
    items: z.object({ type: z.literal("string"), maxLength: z.number().optional() }),
    maxItems: z.number().optional(),
    default: z.array(z.string()).optional(),
  }),
]);
const describedObject = z.object({
  properties: z.record(z.string(), describedField).default({}),
  required: z.array(z.string()).default([]),
});

/** One field of a form, as an action's payload schema describes it. */
export type ActionField = { name: string; label: string; hint: string | null; isRequired: boolean } & (
  | { kind: "line" | "lines"; maxLength: number | undefined; initial: string }
  | { kind: "integer"; min: number; max: number; initial: string }
  | { kind: "choice"; choices: { value: string; label: string }[]; initial: string }
  | { kind: "switch"; initial: boolean }
  | { kind: "list"; maxItems: number | undefined; maxItemLength: number | undefined; initial: string[] }
);

/** The fields of a payload in its order, with the texts of a language. Throws for a shape that no field can show. */
export function fieldsOf(payload: z.ZodObject, texts: Readonly<Record<string, FieldTexts>>): ActionField[] {
  const { properties, required } = describedObject.parse(z.toJSONSchema(payload, { io: "input" }));
  return Object.entries(properties).map(([name, described]) => ({
    name,
    label: texts[name]?.label ?? name,
    hint: texts[name]?.hint ?? null,
    isRequired: required.includes(name),
    ...inputOf(payload, name, described, texts[name]?.choices),
  }));
}

function inputOf(
  payload: z.ZodObject,
  name: string,
  described: z.infer<typeof describedField>,
  choices: FieldTexts["choices"] = {},
) {
  switch (described.type) {
    case "integer":
      return {
        kind: "integer" as const,
        min: described.minimum,
        max: described.maximum,
        initial: String(described.suggested ?? described.default ?? ""),
      };
    case "boolean":
      return { kind: "switch" as const, initial: described.default ?? false };
    case "array":
      return {
        kind: "list" as const,
        maxItems: described.maxItems,
        maxItemLength: described.items.maxLength,
        initial: described.default ?? [],
      };
    case "string": {
      const initial = described.default ?? "";
      if (described.enum) {
        const worded = described.enum.map((value) => ({ value, label: choices[value] ?? value }));
        return { kind: "choice" as const, choices: worded, initial };
      }
      const kind = takesLineBreak(payload, name, described.minLength)
        ? ("lines" as const)
        : ("line" as const);
      return { kind, maxLength: described.maxLength, initial };
    }
  }
}

/** JSON Schema cannot say whether a text may have several lines, so the schema itself is asked. */
function takesLineBreak(payload: z.ZodObject, name: string, minLength: number): boolean {
  const text = `${"x".repeat(Math.max(1, minLength))}\nx`;
  const parsed = payload.partial().safeParse({ [name]: text });
  return parsed.success && parsed.data[name] === text;
}
