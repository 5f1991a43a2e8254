import { Button } from "@mantine/core";
import type { EnrolmentToken } from "@muster/shared/contracts/enrolment.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { StateName } from "../../ui/state-icon.tsx";
import { StateWord } from "../../ui/state-word.tsx";

const ICON = {
  valid: "ok",
  expired: "expired",
  "used-up": "offline",
  revoked: "offline",
} as const satisfies Record<EnrolmentToken["state"], StateName>;

export function useTokenColumns(onRevoke: (token: EnrolmentToken) => void): DataColumn<EnrolmentToken>[] {
  const { t } = useWords();
  const formats = useFormats();
  return [
    { name: "name", label: t("settings.common.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      name: "state",
      label: t("settings.common.state"),
      cell: ({ state }) => <StateWord state={ICON[state]}>{t(`settings.tokens.state.${state}`)}</StateWord>,
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
