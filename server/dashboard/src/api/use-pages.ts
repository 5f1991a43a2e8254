import { useInfiniteQuery } from "@tanstack/react-query";
import type { ApiRequest } from "./client.ts";

type Page<Row> = { items: Row[]; nextCursor: string | null };

/** A list that is read page by page by `read`; `items` are all that were read so far. */
export function usePages<Row>(
  key: readonly unknown[],
  read: (page: Pick<ApiRequest, "signal"> & { query: { cursor: string | undefined } }) => Promise<Page<Row>>,
) {
  const result = useInfiniteQuery({
    queryKey: key,
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => read({ query: { cursor: pageParam || undefined }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known) => known,
  });
  return { ...result, items: result.data?.pages.flatMap((page) => page.items) ?? [] };
}
