import { Button } from "@mantine/core";
import type { User } from "@muster/shared/contracts/identity.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, Users as UsersIcon } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { RoleGate, useSession } from "../session/session-context.tsx";
import { UserDialog } from "./user-dialog.tsx";
import classes from "./users-page.module.css";

type Open = { kind: "new" } | { kind: "change" | "remove"; user: User };

export function UsersPage() {
  return (
    <RoleGate minimumRole="admin" needsWholeOrganization>
      <Users />
    </RoleGate>
  );
}

function Users() {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const pages = usePages(["users"], (page) => callApi("userPage", paths.users, page));
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useUserColumns(setOpen);
  const close = () => setOpen(null);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["users"] });
  return (
    <SettingsPage
      title={t("settings.users.title")}
      intro={t("settings.users.intro")}
      action={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen({ kind: "new" })}>
          {t("settings.users.add")}
        </Button>
      }
    >
      <ListBody
        label={t("settings.users.title")}
        rows={pages.items}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={({ name, email }) => [name, email]}
        pages={pages}
        empty={<MessageState icon={<UsersIcon size={26} />} title={t("shell.state.nothing")} />}
      />
      {open?.kind === "new" && <UserDialog user={null} onDone={refresh} onClose={close} />}
      {open?.kind === "change" && <UserDialog user={open.user} onDone={refresh} onClose={close} />}
      {open?.kind === "remove" && <RemoveUserDialog user={open.user} onDone={refresh} onClose={close} />}
    </SettingsPage>
  );
}

function useUserColumns(onOpen: (open: Open) => void): DataColumn<User>[] {
  const { t } = useTranslations();
  const { user: me, may } = useSession();
  return [
    {
      name: "name",
      label: t("settings.common.name"),
      cell: ({ id, name }) => (
        <>
          <bdi>{name}</bdi>
          {id === me.id && <small className={classes.you}> ({t("settings.users.you")})</small>}
        </>
      ),
    },
    { name: "email", label: t("settings.users.email"), cell: ({ email }) => <bdi>{email}</bdi> },
    { name: "role", label: t("settings.users.role"), cell: ({ role }) => t(`states.role.${role}`) },
    {
      name: "customers",
      label: t("customers.limitedTo"),
      cell: ({ customers }) =>
        customers === null ? t("customers.all") : customers.map(({ name }) => name).join(", "),
    },
    {
      name: "lastLogin",
      label: t("settings.users.lastLogin"),
      cell: ({ lastLoginAt }) =>
        lastLoginAt === null ? t("settings.common.never") : <RelativeTime at={lastLoginAt} />,
    },
    {
      name: "actions",
      label: "",
      isNumber: true,
      cell: (user) =>
        (user.role !== "owner" || may("owner")) && (
          <span className={classes.buttons}>
            <Button size="compact-sm" variant="subtle" onClick={() => onOpen({ kind: "change", user })}>
              {t("settings.users.change")}
            </Button>
            {user.id !== me.id && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="critical"
                onClick={() => onOpen({ kind: "remove", user })}
              >
                {t("settings.users.remove")}
              </Button>
            )}
          </span>
        ),
    },
  ];
}

type RemoveUserDialogProps = { user: User; onDone: () => void; onClose: () => void };

function RemoveUserDialog({ user, onDone, onClose }: RemoveUserDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const remove = useMutation({
    mutationFn: () => callApi("nothing", paths.user(user.id), { method: "DELETE" }),
    onSuccess: () => {
      showToast({ text: t("settings.users.removed", { name: user.name }) });
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("settings.users.removeTitle", { name: user.name })}
      text={t("settings.users.removeText")}
      verb={t("settings.users.remove")}
      isPending={remove.isPending}
      failure={remove.error && failureText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
