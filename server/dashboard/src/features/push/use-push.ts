import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useSession } from "../session/session-context.tsx";
import { usePushChoice } from "./push-choice.ts";
import { startPush, stopPush } from "./push-switching.ts";

/** The browsers of the user, and the switch for this one. */
export function usePush() {
  const { user, organization } = useSession();
  const queryClient = useQueryClient();
  const browsers = useQuery(queries.pushSubscriptions());
  const ownId = usePushChoice(organization.id);
  const member = { userId: user.id, orgId: organization.id };
  const refresh = () =>
    Promise.all(
      [["push-subscriptions"], ["watches"], ["channels"]].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
  const change = useMutation({
    async mutationFn(isOn: boolean) {
      // Asked for a click only: browsers ignore other questions.
      if (isOn && (await Notification.requestPermission()) !== "granted") return "blocked";
      if (isOn) await startPush(member);
      else if (ownId !== null) await stopPush(member, ownId);
      return "changed";
    },
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      id === ownId
        ? stopPush(member, id)
        : callApi("nothing", paths.pushSubscription(id), { method: "DELETE" }),
    onSettled: refresh,
  });
  return { browsers, ownId, change, remove };
}
