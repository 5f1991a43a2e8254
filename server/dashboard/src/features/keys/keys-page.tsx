import type { ApiKey, ApiKeyCreated } from "@muster/shared/contracts/identity.ts";
import { useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useWords } from "../../i18n/words.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { SecretsPage } from "../../ui/secrets-page.tsx";
import { RoleGate } from "../session/role-gate.tsx";
import { KeyDialog } from "./key-dialog.tsx";
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
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const columns = useKeyColumns(setRevoked);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["keys"] });
  return (
    <SecretsPage<ApiKey, ApiKeyCreated>
      words={{
        title: t("settings.keys.title"),
        intro: t("settings.keys.intro"),
        add: t("settings.keys.add"),
        empty: t("settings.keys.empty"),
        emptyHint: t("settings.keys.emptyHint"),
        created: t("settings.keys.created"),
        secret: t("settings.keys.secret"),
      }}
      icon={<KeyRound size={26} />}
      pages={pages}
      columns={columns}
      searchIn={({ name, prefix, createdBy }) => [name, prefix, createdBy]}
      renderAdding={(dialog) => <KeyDialog {...dialog} />}
      onChanged={refresh}
    >
      {revoked && (
        <RevokeDialog
          path={paths.key(revoked.id)}
          title={t("settings.keys.revokeTitle", { name: revoked.name })}
          text={t("settings.keys.revokeText")}
          verb={t("settings.keys.revoke")}
          onDone={refresh}
          onClose={() => setRevoked(null)}
        />
      )}
    </SecretsPage>
  );
}
