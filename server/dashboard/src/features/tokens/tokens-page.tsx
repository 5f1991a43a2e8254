import { Button } from "@mantine/core";
import type { EnrolmentToken, EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, Ticket } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useWords } from "../../i18n/words.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SecretDialog } from "../../ui/secret-dialog.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { EnrolLines } from "../enrolment/enrol-lines.tsx";
import { RoleGate } from "../session/role-gate.tsx";
import { TokenDialog } from "./token-dialog.tsx";
import { useTokenColumns } from "./use-token-columns.tsx";

export function TokensPage() {
  return (
    <RoleGate least="operator">
      <Tokens />
    </RoleGate>
  );
}

function Tokens() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const pages = usePages(["tokens"], (page) => callApi("enrolmentTokenPage", paths.tokens, page));
  const [isAdding, setAdding] = useState(false);
  const [created, setCreated] = useState<EnrolmentTokenCreated | null>(null);
  const [revoked, setRevoked] = useState<EnrolmentToken | null>(null);
  const columns = useTokenColumns(setRevoked);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["tokens"] });
  return (
    <SettingsPage
      title={t("settings.tokens.title")}
      intro={t("settings.tokens.intro")}
      action={
        <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
          {t("settings.tokens.add")}
        </Button>
      }
    >
      <ListBody
        label={t("settings.tokens.title")}
        rows={pages.items}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={({ name, customer, createdBy, tags }) => [name, customer, createdBy, ...tags]}
        pages={pages}
        empty={
          <MessageState
            icon={<Ticket size={26} />}
            title={t("settings.tokens.empty")}
            text={t("settings.tokens.emptyHint")}
          />
        }
      />
      {isAdding && (
        <TokenDialog
          onClose={() => setAdding(false)}
          onCreated={(answer) => {
            setAdding(false);
            setCreated(answer);
            refresh();
          }}
        />
      )}
      {created && (
        <SecretDialog
          title={t("settings.tokens.created")}
          label={t("settings.tokens.secret")}
          secret={created.secret}
          onClose={() => setCreated(null)}
        >
          <p style={{ margin: 0 }}>{t("settings.enrol.intro")}</p>
          <EnrolLines secret={created.secret} />
        </SecretDialog>
      )}
      {revoked && <RevokeTokenDialog token={revoked} onDone={refresh} onClose={() => setRevoked(null)} />}
    </SettingsPage>
  );
}

type RevokeTokenDialogProps = { token: EnrolmentToken; onDone: () => void; onClose: () => void };

function RevokeTokenDialog({ token, onDone, onClose }: RevokeTokenDialogProps) {
  const { t } = useWords();
  const failureText = useFailureText();
  const revoke = useMutation({
    mutationFn: () => callApi("nothing", paths.token(token.id), { method: "DELETE" }),
    onSuccess: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("settings.tokens.revokeTitle", { name: token.name })}
      text={t("settings.tokens.revokeText")}
      verb={t("settings.tokens.revoke")}
      isPending={revoke.isPending}
      failure={revoke.error && failureText(revoke.error)}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  );
}
