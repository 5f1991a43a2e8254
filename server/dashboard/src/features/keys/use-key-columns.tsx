import { Button } from "@mantine/core";
import type { ApiKey } from "@muster/shared/contracts/identity.ts";
import { useWords } from "../../i18n/words.tsx";
import { useClock } from "../../ui/clock.ts";
import type { DataColumn } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateWord } from "../../ui/state-word.tsx";

export function useKeyColumns(onRevoke: (key: ApiKey) => void): DataColumn<ApiKey>[] {
  const { t } = useWords();
  return [
    { name: "name", label: t("settings.common.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    { name: "prefix", label: t("settings.keys.prefix"), cell: ({ prefix }) => <code>{prefix}…</code> },
    {
      name: "scopes",
      label: t("settings.keys.scopes"),
      cell: ({ scopes, compat }) =>
        [
          ...scopes.map((scope) => t(`settings.keys.scope.${scope}`)),
          ...compat.map((grant) => t(`settings.keys.compat.${grant}`)),
        ].join(", "),
    },
    { name: "state", label: t("settings.common.state"), cell: (key) => <KeyState apiKey={key} /> },
    {
      name: "lastUsed",
      label: t("settings.common.lastUsed"),
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? t("settings.common.never") : <RelativeTime at={lastUsedAt} />,
    },
    {
      name: "expires",
      label: t("settings.common.expires"),
      cell: ({ expiresAt }) =>
        expiresAt === null ? t("settings.common.never") : <RelativeTime at={expiresAt} />,
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
      cell: (key) =>
        key.revokedAt === null && (
          <Button size="compact-sm" variant="subtle" color="critical" onClick={() => onRevoke(key)}>
            {t("settings.keys.revoke")}
          </Button>
        ),
    },
  ];
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useWords();
  const { revokedAt, expiresAt } = apiKey;
  const isExpired = useClock((nowMs) => expiresAt !== null && Date.parse(expiresAt) <= nowMs);
  if (revokedAt !== null) return <StateWord state="offline">{t("settings.keys.revoked")}</StateWord>;
  if (isExpired) return <StateWord state="expired">{t("settings.keys.expired")}</StateWord>;
  return <StateWord state="ok">{t("settings.keys.valid")}</StateWord>;
}
