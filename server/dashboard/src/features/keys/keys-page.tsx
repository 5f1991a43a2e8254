import { Button } from "@mantine/core";
import type { ApiKey, ApiKeyCreated } from "@muster/shared/contracts/identity.ts";
import { useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useWords } from "../../i18n/words.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SecretDialog } from "../../ui/secret-dialog.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { RoleGate } from "../session/role-gate.tsx";
import { KeyDialog } from "./key-dialog.tsx";
import { RevokeKeyDialog } from "./revoke-key-dialog.tsx";
import { useKeyColumns } from "./use-key-columns.tsx";

export function KeysPage() {
  return (
    <RoleGate least="admin">
      <Keys />
    </RoleGate>
  );
}

function Keys() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const pages = usePages(["keys"], (page) => callApi("apiKeyPage", paths.keys, page));
  const [isAdding, setAdding] = useState(false);
  const [created, setCreated] = useState<ApiKeyCreated | null>(null);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const columns = useKeyColumns(setRevoked);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["keys"] });
  return (
    <SettingsPage
      title={t("settings.keys.title")}
      intro={t("settings.keys.intro")}
      action={
        <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
          {t("settings.keys.add")}
        </Button>
      }
    >
      <ListBody
        label={t("settings.keys.title")}
        rows={pages.items}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={({ name, prefix, createdBy }) => [name, prefix, createdBy]}
        pages={pages}
        empty={
          <MessageState
            icon={<KeyRound size={26} />}
            title={t("settings.keys.empty")}
            text={t("settings.keys.emptyHint")}
          />
        }
      />
      {isAdding && (
        <KeyDialog
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
          title={t("settings.keys.created")}
          label={t("settings.keys.secret")}
          secret={created.secret}
          onClose={() => setCreated(null)}
        />
      )}
      {revoked && <RevokeKeyDialog apiKey={revoked} onDone={refresh} onClose={() => setRevoked(null)} />}
    </SettingsPage>
  );
}
