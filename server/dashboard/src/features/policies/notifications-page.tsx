import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import type {
  NotificationPolicies,
  NotificationPolicy,
} from "@muster/shared/contracts/notification-policy.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { NoMailNote } from "../channels/no-mail-note.tsx";
import { RoleGate, useSession } from "../session/session-context.tsx";
import { EditPolicyDialog, NewPolicyDialog } from "./policy-dialog.tsx";
import { PolicyList } from "./policy-list.tsx";
import { PreviewPanel } from "./preview-panel.tsx";

export function NotificationsPage() {
  return (
    <RoleGate minimumRole="viewer" needsWholeOrganization>
      <Notifications />
    </RoleGate>
  );
}

type Open = { kind: "add" } | { kind: "edit" | "remove"; policy: NotificationPolicy };

function Notifications() {
  const { t } = useTranslations();
  const { may } = useSession();
  const policies = useQuery(queries.policies());
  const channels = useQuery(queries.channels());
  const [open, setOpen] = useState<Open | null>(null);
  return (
    <SettingsPage
      title={t("policies.title")}
      intro={t("policies.intro")}
      action={
        may("admin") && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen({ kind: "add" })}>
            {t("policies.add")}
          </Button>
        )
      }
    >
      {channels.data && !channels.data.canSendMail && <NoMailNote />}
      {policies.error && !policies.data && (
        <FailureState error={policies.error} retry={() => void policies.refetch()} />
      )}
      {policies.data && (
        <>
          <PolicyList
            policies={policies.data}
            onEdit={(policy) => setOpen({ kind: "edit", policy })}
            onRemove={(policy) => setOpen({ kind: "remove", policy })}
          />
          <PreviewPanel version={versionOf(policies.data)} />
          <OpenDialog open={open} names={policies.data.names} onClose={() => setOpen(null)} />
        </>
      )}
    </SettingsPage>
  );
}

/** Changes with every change of a policy or of their order, so that the preview is asked for again. */
function versionOf({ items }: NotificationPolicies): string {
  return items.map(({ id, version }) => `${id} ${version}`).join();
}

type OpenDialogProps = { open: Open | null; names: NotificationPolicies["names"]; onClose: () => void };

function OpenDialog({ open, names, onClose }: OpenDialogProps) {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  switch (open?.kind) {
    case undefined:
      return null;
    case "add":
      return <NewPolicyDialog onClose={onClose} />;
    case "edit":
      return <EditPolicyDialog policy={open.policy} names={names} onClose={onClose} />;
    case "remove":
      return (
        <RevokeDialog
          path={paths.policy(open.policy.id)}
          title={t("policies.removeTitle", { name: open.policy.name })}
          text={t("policies.removeText")}
          verb={t("policies.remove")}
          onDone={() => void queryClient.invalidateQueries({ queryKey: queries.policies().queryKey })}
          onClose={onClose}
        />
      );
  }
}
