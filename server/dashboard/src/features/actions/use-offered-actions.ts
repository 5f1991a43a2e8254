import { useQuery } from "@tanstack/react-query";
import { useSession } from "../session/session-context.tsx";
import type { OfferedAction } from "./action-catalog.ts";

const NONE: readonly OfferedAction[] = [];
/** The first of the catalog have buttons of their own where there is room, the others are in a menu. */
const WITH_BUTTON = 3;

/** What may be asked for. None until the catalog is there: it is not part of the first page. */
export function useOfferedActions(withButton = WITH_BUTTON): {
  first: readonly OfferedAction[];
  others: readonly OfferedAction[];
} {
  const { may, role } = useSession();
  const { data: offered = NONE } = useQuery({
    queryKey: ["action-catalog", role],
    queryFn: async () => (await import("./action-catalog.ts")).offeredActions(may),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: may("operator"),
  });
  return { first: offered.slice(0, withButton), others: offered.slice(withButton) };
}
