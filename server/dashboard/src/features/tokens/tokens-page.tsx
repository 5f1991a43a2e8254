import type { EnrolmentToken, EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Ticket } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useWords } from "../../i18n/words.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { SecretsPage } from "../../ui/secrets-page.tsx";
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
  const [revoked, setRevoked] = useState<EnrolmentToken | null>(null);
  const columns = useTokenColumns(setRevoked);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["tokens"] });
  return (
    <SecretsPage<EnrolmentToken, EnrolmentTokenCreated>
      words={{
        title: t("settings.tokens.title"),
        intro: t("settings.tokens.intro"),
        add: t("settings.tokens.add"),
        empty: t("settings.tokens.empty"),
        emptyHint: t("settings.tokens.emptyHint"),
        created: t("settings.tokens.created"),
        secret: t("settings.tokens.secret"),
      }}
      icon={<Ticket size={26} />}
      pages={pages}
      columns={columns}
      searchIn={({ name, customer, createdBy, tags }) => [name, customer, createdBy, ...tags]}
      renderAdding={(dialog) => <TokenDialog {...dialog} />}
      renderCreated={({ secret }) => (
        <>
          <p style={{ margin: 0 }}>{t("settings.enrol.intro")}</p>
          <EnrolLines secret={secret} />
        </>
      )}
      onChanged={refresh}
    >
      {revoked && (
        <RevokeDialog
          path={paths.token(revoked.id)}
          title={t("settings.tokens.revokeTitle", { name: revoked.name })}
          text={t("settings.tokens.revokeText")}
          verb={t("settings.tokens.revoke")}
          onDone={refresh}
          onClose={() => setRevoked(null)}
        />
      )}
    </SecretsPage>
  );
}
