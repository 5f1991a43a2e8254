import { MultiSelect } from "@mantine/core";
import type { PolicyRecipients } from "@muster/shared/contracts/notification-policy.ts";
import type { Role } from "@muster/shared/contracts/identity.ts";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import classes from "./policies.module.css";

const MAX_LISTED_USERS = 200;
const ROLES = ["owner", "admin", "operator", "viewer"] as const satisfies readonly Role[];

type RecipientFieldsProps = {
  value: PolicyRecipients;
  /** Names of what is chosen, by id: a user who left is not in the list any more. */
  names: Readonly<Record<string, string>>;
  error: ReactNode;
  onChange: (value: PolicyRecipients) => void;
};

/** Who is told: members by role or by name, and channels. */
export function RecipientFields({ value, names, error, onChange }: RecipientFieldsProps) {
  const { t } = useTranslations();
  const users = useQuery({
    queryKey: ["users", "filter"],
    queryFn: ({ signal }) => callApi("userPage", paths.users, { query: { limit: MAX_LISTED_USERS }, signal }),
  });
  const channels = useQuery(queries.channels());
  const optionsOf = (
    known: readonly { id: string; name: string }[] | undefined,
    chosen: readonly string[],
  ) => {
    const found = new Map(known?.map(({ id, name }) => [id, plainName(name)]));
    for (const id of chosen) if (!found.has(id)) found.set(id, names[id] ?? t("policies.unknown"));
    return [...found].map(([id, label]) => ({ value: id, label }));
  };
  return (
    <>
      <MultiSelect
        label={t("policies.field.roles")}
        data={ROLES.map((role) => ({ value: role, label: t(`states.role.${role}`) }))}
        value={[...value.roles]}
        onChange={(roles) => onChange({ ...value, roles: ROLES.filter((role) => roles.includes(role)) })}
      />
      <MultiSelect
        label={t("policies.field.users")}
        searchable
        data={optionsOf(users.data?.items, value.userIds)}
        value={[...value.userIds]}
        onChange={(userIds) => onChange({ ...value, userIds })}
      />
      <MultiSelect
        label={t("policies.field.channels")}
        searchable
        data={optionsOf(channels.data?.items, value.channelIds)}
        value={[...value.channelIds]}
        onChange={(channelIds) => onChange({ ...value, channelIds })}
      />
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
