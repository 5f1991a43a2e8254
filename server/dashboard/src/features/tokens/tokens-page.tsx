import { Button } from "@mantine/core";
import type { EnrolmentToken, EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Ticket } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { SecretsPage } from "../../ui/secrets-page.tsx";
import type { StateName } from "../../ui/state-icon.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { EnrolLines } from "../enrolment/enrol-lines.tsx";
import { RoleGate } from "../session/session-context.tsx";
import { TokenDialog } from "./token-dialog.tsx";

export function TokensPage() {
  return (
    <RoleGate minimumRole="operator">
      <Tokens />
    </RoleGate>
  );
}

function Tokens() {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const pages = usePages(["tokens"], (page) => callApi("enrolmentTokenPage", paths.tokens, page));
  const [revoked, setRevoked] = useState<EnrolmentToken | null>(null);
  const columns = useTokenColumns(setRevoked);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["tokens"] });
  return (
    <SecretsPage<EnrolmentToken, EnrolmentTokenCreated>
      texts={{
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

const ICON = {
  valid: "ok",
  expired: "expired",
  "used-up": "offline",
  revoked: "offline",
} as const satisfies Record<EnrolmentToken["state"], StateName>;

function useTokenColumns(onRevoke: (token: EnrolmentToken) => void): DataColumn<EnrolmentToken>[] {
  const { t } = useTranslations();
  const formats = useFormats();
  return [
    { name: "name", label: t("settings.common.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      name: "state",
      label: t("settings.common.state"),
      cell: ({ state }) => <StateLabel state={ICON[state]}>{t(`settings.tokens.state.${state}`)}</StateLabel>,
    },
    {
      name: "uses",
      label: t("settings.tokens.uses"),
      cell: ({ uses, usesLeft }) =>
        usesLeft === null
          ? t("settings.tokens.usesFree", { uses: formats.whole(uses) })
          : t("settings.tokens.usesOf", { uses: formats.whole(uses), max: formats.whole(uses + usesLeft) }),
    },
    {
      name: "expires",
      label: t("settings.common.expires"),
      cell: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
    },
    {
      name: "gives",
      label: t("settings.tokens.gives"),
      cell: ({ customer, tags, needsApproval }) => (
        <bdi>
          {[customer, ...tags, needsApproval ? t("settings.tokens.approval") : null]
            .filter((part) => part !== null)
            .join(", ")}
        </bdi>
      ),
    },
    {
      name: "createdBy",
      label: t("settings.common.createdBy"),
      cell: ({ createdBy }) => <bdi>{createdBy}</bdi>,
    },
    {
      name: "actions",
      label: "",
      isNumber: true,
      cell: (token) =>
        token.state === "valid" && (
          <Button size="compact-sm" variant="subtle" color="critical" onClick={() => onRevoke(token)}>
            {t("settings.tokens.revoke")}
          </Button>
        ),
    },
  ];
}
