import { useEffect } from "react";
import { useFleetLists, useFleetSnapshot } from "../fleet/fleet-list-context.tsx";

/** The devices before and after one in the order of the list from which it was opened; null at its ends. */
export function useNeighbours(id: string): { previous: string | null; next: string | null } {
  const list = useFleetLists().current();
  const { order, hasMore, phase, failure } = useFleetSnapshot(list);
  const place = order.indexOf(id);
  const isLast = place === order.length - 1;
  useEffect(() => {
    if (place >= 0 && isLast && hasMore && phase === "idle" && failure === null) void list.loadMore();
  }, [list, place, isLast, hasMore, phase, failure]);
  if (place < 0) return { previous: null, next: null };
  return { previous: order[place - 1] ?? null, next: order[place + 1] ?? null };
}
