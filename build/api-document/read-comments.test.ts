import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { readComments } from "./read-comments.ts";

const root = path.join(import.meta.dirname, "../..");

const CONTRACT = `
import { z } from "zod";

/** One part. */
export const Part = z.object({
  /**
   * How large it is,
   * in metres.
   */
  size: z.number(),
  plain: z.string(),
});
export const Whole = Part.extend({
  /** What it is made of. */
  parts: z.array(z.object({
    /** Its colour. */
    colour: z.enum(["red", "blue"]).optional() })).nullable(),
  counts: z.record(z.enum(["a", "b"]), z.object({
    /** How many. */
    many: z.number() })),
});
export const Change = Part.partial();
export const ignored = 1;
`;

test("finds comments through extension, lists, records and options", async () => {
  // Below the clone, where zod is found.
  const folder = await mkdtemp(path.join(root, "build", "api-document", "test-"));
  try {
    await writeFile(path.join(folder, "contract.ts"), CONTRACT);
    const file = path.join(folder, "schemas.ts");
    await writeFile(file, 'import * as contract from "./contract.ts";\nexport const all = [contract];\n');
    expect(Object.fromEntries(readComments(root, file))).toEqual({
      Part: "One part.",
      "Part.size": "How large it is, in metres.",
      "Change.size": "How large it is, in metres.",
      "Whole.size": "How large it is, in metres.",
      "Whole.parts": "What it is made of.",
      "Whole.parts.colour": "Its colour.",
      "Whole.counts.many": "How many.",
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
