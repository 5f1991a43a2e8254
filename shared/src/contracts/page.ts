import { z } from "zod";

/** One page of a list. `nextCursor` is opaque and null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    /** Items of this page. */
    items: z.array(item),
    /** Value of the parameter `cursor` for the next page; null on the last page. */
    nextCursor: z.string().nullable(),
  });
}

/** Query of every list: `limit` 1 to 200 (50), `cursor` from the page before. */
export const PageQuery = z.object({
  /** Maximum number of items on a page. */
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `nextCursor` of the previous page; absent for the first page. */
  cursor: z.string().min(1).max(1000).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;
