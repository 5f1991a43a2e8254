import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useSession } from "../session/session-context.tsx";
import { reconcilePush } from "./push-switching.ts";

/** Makes browser and server agree about push notifications once, when a page is opened, and says so where they have ended. */
export function PushKeeper() {
  const { user, organization } = useSession();
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const finish = useEffectEvent((hasEnded: boolean) => {
    if (hasEnded) showToast({ text: t("push.ended"), tone: "failure" });
    void queryClient.invalidateQueries({ queryKey: ["push-subscriptions"] });
  });
  useEffect(() => {
    reconcilePush({ userId: user.id, orgId: organization.id })
      .then((hasEnded) => finish(hasEnded))
      // The next page tries again.
      .catch(() => undefined);
  }, [user.id, organization.id]);
  return null;
}
