import type { z } from "zod";
import type { Access } from "../../platform/http/route.ts";
import { dashfleetWire } from "./dashfleet-wire.ts";
import { load } from "./marshmallow.ts";

/** What all DashFleet routes have in common. */
export const dashfleet = { group: "DashFleet", wire: dashfleetWire } as const;

export const AGENT = { by: "legacy", right: "agent" } as const satisfies Access;
export const OPERATOR = { by: "legacy", right: "operator" } as const satisfies Access;

/** A body whose errors have DashFleet's texts. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema) {
  return { body: schema, readBody: (json: unknown) => load(schema, json) };
}
