import { Button, Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Check, ChevronsUpDown } from "lucide-react";
import { useLocation } from "wouter";
import { chooseOrganization } from "../../api/session.ts";
import { useWords } from "../../i18n/words.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./organization-switcher.module.css";

/** Changes the organization of this page; shown only to people who belong to several. */
export function OrganizationSwitcher() {
  const { t } = useWords();
  const { memberships, organization } = useSession();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  if (memberships.length < 2) return null;
  const nameOf = (name: string | null) => name ?? t("shell.organization.unnamed");

  function change(id: string) {
    if (id === organization.id) return;
    chooseOrganization(id);
    navigate("/");
    void queryClient.resetQueries();
  }

  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          h={34}
          px={10}
          className={classes.button}
          rightSection={<ChevronsUpDown size={14} />}
          aria-label={`${t("shell.organization.switch")}: ${nameOf(organization.name)}`}
          title={nameOf(organization.name)}
        >
          <bdi>{nameOf(organization.name)}</bdi>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        {memberships.map(({ organizationId, organizationName }) => (
          <Menu.Item
            key={organizationId}
            aria-current={organizationId === organization.id}
            rightSection={organizationId === organization.id && <Check size={16} />}
            onClick={() => change(organizationId)}
          >
            <bdi>{nameOf(organizationName)}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
