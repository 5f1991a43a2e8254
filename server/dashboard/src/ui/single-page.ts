import type { UseQueryResult } from "@tanstack/react-query";

/** A list that is read as a whole, for what shows lists page by page. */
export function singlePage({
  isPending,
  error,
  refetch,
}: Pick<UseQueryResult, "isPending" | "error" | "refetch">) {
  return {
    isPending,
    error,
    refetch,
    hasNextPage: false,
    isFetchingNextPage: false,
    fetchNextPage: () => undefined,
  };
}
