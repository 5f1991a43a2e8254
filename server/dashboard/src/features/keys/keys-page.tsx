import { useSession } from "../session/session-context.tsx";
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import type { ApiKey, ApiKeyCreated, Scope } from "@muster/shared/contracts/identity.ts";
import { useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { wallLink } from "../wall/wall-key.ts";
import { useClock } from "../../ui/clock.ts";
import type { DataColumn } from "../../ui/data-table.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { SecretsPage } from "../../ui/secrets-page.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { RoleGate } from "../session/session-context.tsx";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { CustomerLimitSelect } from "../customers/customer-select.tsx";
import { KeyLimitDialog } from "./key-limit-dialog.tsx";
import classes from "./keys-page.module.css";

export function KeysPage() {
  return (
    <RoleGate minimumRole="admin" needsWholeOrganization>
      <Keys />
    </RoleGate>
  );
}

type Open = { kind: "limit" | "revoke"; key: ApiKey };

function Keys() {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const pages = usePages(["keys"], (page) => callApi("apiKeyPage", paths.keys, page));
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useKeyColumns(setOpen);
  const close = () => setOpen(null);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["keys"] });
  return (
    <SecretsPage<ApiKey, ApiKeyCreated>
      texts={{
        title: t("settings.keys.title"),
        intro: (
          <>
            {t("settings.keys.intro")}{" "}
            <a href={paths.apiPage} target="_blank" rel="noreferrer">
              {t("settings.keys.documentation")}
            </a>
          </>
        ),
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
      renderCreated={(created) => <WallLink created={created} />}
      onChanged={refresh}
    >
      {open?.kind === "limit" && <KeyLimitDialog apiKey={open.key} refresh={refresh} onClose={close} />}
      {open?.kind === "revoke" && (
        <RevokeDialog
          path={paths.key(open.key.id)}
          title={t("settings.keys.revokeTitle", { name: open.key.name })}
          text={t("settings.keys.revokeText")}
          verb={t("settings.keys.revoke")}
          onDone={refresh}
          onClose={close}
        />
      )}
    </SecretsPage>
  );
}

/** A key that only reads can be used by a large screen: its link is shown with it, as the secret is shown once. */
function WallLink({ created: { key, secret } }: { created: ApiKeyCreated }) {
  const { t } = useTranslations();
  if (key.scopes.join() !== "read") return null;
  return (
    <div>
      <strong>{t("wall.link")}</strong>
      <p style={{ margin: 0 }}>{t("wall.linkHint")}</p>
      <CodeLine text={wallLink(paths.wallPage, secret)} label={t("shell.action.copy")} />
    </div>
  );
}

function useKeyColumns(onOpen: (open: Open) => void): DataColumn<ApiKey>[] {
  const { t } = useTranslations();
  return [
    { name: "name", label: t("settings.common.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      name: "prefix",
      label: t("settings.keys.prefix"),
      cell: ({ prefix }) => <code className={classes.prefix}>{prefix}…</code>,
    },
    {
      name: "scopes",
      label: t("settings.keys.scopes"),
      cell: ({ scopes, compat }) =>
        [
          ...scopes.map((scope) => t(`settings.keys.scope.${scope}`)),
          ...compat.map((grant) => t(`settings.keys.compat.${grant}`)),
        ].join(", "),
    },
    {
      name: "customers",
      label: t("customers.limitedTo"),
      cell: ({ customers }) =>
        customers === null ? t("customers.all") : customers.map(({ name }) => name).join(", "),
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
          <span className={classes.buttons}>
            {key.compat.length === 0 && (
              <Button size="compact-sm" variant="subtle" onClick={() => onOpen({ kind: "limit", key })}>
                {t("settings.keys.limit")}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="subtle"
              color="critical"
              onClick={() => onOpen({ kind: "revoke", key })}
            >
              {t("settings.keys.revoke")}
            </Button>
          </span>
        ),
    },
  ];
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslations();
  const { revokedAt, expiresAt } = apiKey;
  const isExpired = useClock((nowMs) => expiresAt !== null && Date.parse(expiresAt) <= nowMs);
  if (revokedAt !== null) return <StateLabel state="offline">{t("settings.keys.revoked")}</StateLabel>;
  if (isExpired) return <StateLabel state="expired">{t("settings.keys.expired")}</StateLabel>;
  return <StateLabel state="ok">{t("settings.keys.valid")}</StateLabel>;
}

const SCOPES = ["read", "write", "act", "reboot", "metrics"] as const satisfies readonly Scope[];
const VALID_DAYS = [30, 90, 365, 730] as const;
const FOR_EVER = "0";

type KeyForm = { name: string; scopes: Scope[]; validDays: string; customerIds: CustomerRef[] };
type KeyDialogProps = { onClose: () => void; onCreated: (created: ApiKeyCreated) => void };

function KeyDialog({ onClose, onCreated }: KeyDialogProps) {
  const { t } = useTranslations();
  const { isServerAdmin } = useSession();
  const offered = SCOPES.filter((scope) => scope !== "metrics" || isServerAdmin);
  const initialValues: KeyForm = { name: "", scopes: ["read"], validDays: "365", customerIds: [] };
  const create = useRequestForm({
    initialValues,
    send: ({ name, scopes, validDays, customerIds }) =>
      callApi("apiKeyCreated", paths.keys, {
        method: "POST",
        body: {
          name,
          scopes: SCOPES.filter((scope) => scopes.includes(scope)),
          validDays: validDays === FOR_EVER ? null : Number(validDays),
          customerIds: customerIds.length === 0 ? null : customerIds.map(({ id }) => id),
        },
      }),
    onDone: onCreated,
  });
  const { form } = create;
  const hasScope = form.values.scopes.length > 0;
  return (
    <Dialog title={t("settings.keys.add")} onClose={onClose}>
      <DialogForm
        failure={hasScope ? create.failure : t("settings.keys.scopeMissing")}
        onSubmit={create.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" disabled={!hasScope} loading={create.isPending}>
            {t("settings.keys.add")}
          </Button>
        }
      >
        <TextInput
          data-autofocus
          required
          withAsterisk={false}
          label={t("settings.common.name")}
          placeholder={t("settings.keys.namePlaceholder")}
          maxLength={100}
          {...form.getInputProps("name")}
        />
        <Checkbox.Group label={t("settings.keys.scopes")} {...form.getInputProps("scopes")}>
          {offered.map((scope) => (
            <Checkbox
              key={scope}
              mt={8}
              value={scope}
              label={t(`settings.keys.scope.${scope}`)}
              description={t(`settings.keys.scopeHint.${scope}`)}
            />
          ))}
        </Checkbox.Group>
        <Select
          label={t("settings.keys.validFor")}
          data={[
            ...VALID_DAYS.map((count) => ({
              value: String(count),
              label: t("settings.common.days", { count }),
            })),
            { value: FOR_EVER, label: t("settings.keys.forEver") },
          ]}
          allowDeselect={false}
          {...form.getInputProps("validDays")}
        />
        <CustomerLimitSelect
          label={t("customers.limit")}
          description={t("customers.limitKeyHint")}
          value={form.values.customerIds}
          onChange={(customerIds) => form.setFieldValue("customerIds", customerIds)}
        />
      </DialogForm>
    </Dialog>
  );
}
