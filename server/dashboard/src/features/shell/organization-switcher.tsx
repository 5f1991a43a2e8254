import { Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { chooseOrganization } from "../../api/session.ts";
import { useSession } from "../session/session-context.tsx";

/** Changes the organization of this page; shown only to people who belong to several. */
export function OrganizationSwitcher() {
  const { t } = useTranslation();
  const { memberships, organization } = useSession();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  if (memberships.length < 2) return null;
  return (
    <Select
      aria-label={t("shell.organization.switch")}
      size="sm"
      w={{ base: 130, sm: 200 }}
      data={memberships.map(({ organizationId, organizationName }) => ({
        value: organizationId,
        label: organizationName ?? t("shell.organization.unnamed"),
      }))}
      value={organization.id}
      onChange={(id) => {
        if (id === null || id === organization.id) return;
        chooseOrganization(id);
        navigate("/");
        void queryClient.resetQueries();
      }}
    />
  );
}
