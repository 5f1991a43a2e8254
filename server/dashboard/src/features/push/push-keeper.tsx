import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSession } from "../session/session-context.tsx";
import { reconcilePush } from "./push-switching.ts";

/** Makes browser and server agree about push messages once, when a page is opened. */
export function PushKeeper() {
  const { user, organization } = useSession();
  const queryClient = useQueryClient();
  useEffect(() => {
    reconcilePush({ userId: user.id, orgId: organization.id })
      .then(() => queryClient.invalidateQueries({ queryKey: ["push-subscriptions"] }))
      // The next page tries again.
      .catch(() => undefined);
  }, [user.id, organization.id, queryClient]);
  return null;
}
