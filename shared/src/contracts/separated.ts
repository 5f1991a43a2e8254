import { z } from "zod";

/** A list in a query string, in both styles: `?tag=a&tag=b` and `?tag=a,b`. */
export function separated<Item extends z.ZodType>(list: z.ZodArray<Item>) {
  return z.preprocess(splitAtCommas, list);
}

/**
 * A list in a query string whose values may have a comma themselves: `?customer=Acme, Inc.` finds that customer as well as the two names
 * that it would separate.
 */
export function separatedText<Item extends z.ZodType>(list: z.ZodArray<Item>) {
  return z.preprocess((value) => {
    if (typeof value !== "string" || !value.includes(",")) return splitAtCommas(value);
    return [value, ...value.split(",").filter((part) => part.trim() !== "")];
  }, list);
}

function splitAtCommas(value: unknown): unknown {
  if (typeof value === "string") return value.split(",");
  if (!Array.isArray(value)) return value;
  return value.flatMap((item: unknown) => (typeof item === "string" ? item.split(",") : [item]));
}
