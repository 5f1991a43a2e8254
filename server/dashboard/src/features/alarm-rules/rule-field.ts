import type { FieldTexts } from "@muster/shared/actions/action-texts.ts";
import { ALARM_TYPES, type AlarmType } from "@muster/shared/alarms/catalog.ts";
import { z } from "zod";

const number = z.object({
  type: z.literal(["number", "integer"]),
  minimum: z.number().default(Number.NEGATIVE_INFINITY),
  maximum: z.number().default(Number.POSITIVE_INFINITY),
});
const describedField = z.union([
  z.object({
    type: z.literal("string"),
    enum: z.array(z.string()).optional(),
    default: z.string().optional(),
  }),
  number.extend({ default: z.number().optional(), suggested: z.number().optional() }),
  z.object({ type: z.literal("boolean"), default: z.boolean().optional() }),
  z.object({
    type: z.literal("array"),
    items: z.object({ maxLength: z.number().optional() }),
    maxItems: z.number().optional(),
  }),
  z.object({
    anyOf: z.tuple([number, z.object({ type: z.literal("null") })]),
    default: z.number().nullable().optional(),
  }),
]);
type DescribedField = z.output<typeof describedField>;
const describedObject = z.object({ properties: z.record(z.string(), describedField).default({}) });

/** One field of a rule's form, as the settings of its type describe it. */
export type RuleField = { name: string; label: string; hint: string | null } & (
  | { kind: "choice"; choices: { value: string; label: string }[]; initial: string }
  /** A value in the unit of the metric; empty for none. */
  | { kind: "level"; initial: string }
  /** In seconds. */
  | { kind: "duration"; min: number; max: number; initial: string }
  | { kind: "number"; min: number; max: number; initial: string }
  | { kind: "line"; initial: string }
  | { kind: "list"; maxItems: number | undefined; maxItemLength: number | undefined; initial: string[] }
  | { kind: "switch"; initial: boolean }
);

/** The fields of a type in its order, with the texts of a language. Throws for a shape that no field can show. */
export function ruleFieldsOf(type: AlarmType, texts: Readonly<Record<string, FieldTexts>>): RuleField[] {
  const schema = z.toJSONSchema(ALARM_TYPES[type].settings, { io: "input" });
  const { properties } = describedObject.parse(schema);
  return Object.entries(properties).map(([name, described]) => {
    const { label = name, hint = null, choices = {} } = texts[name] ?? {};
    const input = inputOf(name, described, choices);
    return { name, label: input.kind === "duration" ? withoutUnit(label) : label, hint, ...input };
  });
}

function inputOf(name: string, described: DescribedField, choices: Readonly<Record<string, string>>) {
  if ("anyOf" in described) return { kind: "level" as const, initial: String(described.default ?? "") };
  switch (described.type) {
    case "string": {
      const initial = described.default ?? described.enum?.[0] ?? "";
      if (!described.enum) return { kind: "line" as const, initial };
      const worded = described.enum.map((value) => ({ value, label: choices[value] ?? value }));
      return { kind: "choice" as const, choices: worded, initial };
    }
    case "number":
    case "integer": {
      const { minimum: min, maximum: max } = described;
      const initial = String(described.suggested ?? described.default ?? "");
      return { kind: isDuration(name) ? ("duration" as const) : ("number" as const), min, max, initial };
    }
    case "boolean":
      return { kind: "switch" as const, initial: described.default ?? false };
    case "array":
      return {
        kind: "list" as const,
        maxItems: described.maxItems,
        maxItemLength: described.items.maxLength,
        initial: [],
      };
  }
}

/** As everywhere in the API, a name says its unit: `forS` is in seconds. */
function isDuration(name: string): boolean {
  return /[a-z]S$/.test(name);
}

/** Labels name the unit of the API. The form has a field for the unit. */
function withoutUnit(label: string): string {
  return label.replace(/\s*\([^()]*\)$/, "");
}
