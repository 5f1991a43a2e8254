import { z } from "zod";

/** One page of a list. `nextCursor` is opaque and null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Query of every list: `limit` 1 to 200 (50), `cursor` from the page before. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(1000).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;
