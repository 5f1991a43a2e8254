import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./invitation-bar.module.css";

/** Invitations of the signed-in user to other organizations, with both answers. */
export function InvitationBar() {
  const { t } = useTranslations();
  const { invitations } = useSession();
  const queryClient = useQueryClient();
  const answer = useMutation({
    mutationFn: ({ id, isAccepted }: { id: string; isAccepted: boolean }) =>
      isAccepted
        ? callApi("nothing", paths.invitationAccept(id), { method: "POST" })
        : callApi("nothing", paths.invitation(id), { method: "DELETE" }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queries.me().queryKey }),
  });
  return invitations.map(({ id, organizationName, role }) => (
    <div key={id} className={classes.bar} role="status">
      <span>
        {t("shell.organization.invited", {
          name: organizationName ?? t("shell.organization.unnamed"),
          role: t(`states.role.${role}`),
        })}
      </span>
      <Button size="xs" loading={answer.isPending} onClick={() => answer.mutate({ id, isAccepted: true })}>
        {t("shell.organization.join")}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={answer.isPending}
        onClick={() => answer.mutate({ id, isAccepted: false })}
      >
        {t("shell.organization.decline")}
      </Button>
    </div>
  ));
}
