import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import type { ApiKeyCreated, NewApiKey, Scope } from "@muster/shared/contracts/identity.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useWords } from "../../i18n/words.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";

const SCOPES = ["read", "write", "act", "reboot", "metrics"] as const satisfies readonly Scope[];
const VALID_DAYS = [30, 90, 365, 730] as const;
const FOR_EVER = "0";

type KeyDialogProps = { onClose: () => void; onCreated: (created: ApiKeyCreated) => void };

export function KeyDialog({ onClose, onCreated }: KeyDialogProps) {
  const { t } = useWords();
  const failureText = useFailureText();
  const { isServerAdmin } = useSession();
  const offered = SCOPES.filter((scope) => scope !== "metrics" || isServerAdmin);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const [days, setDays] = useState("365");
  const create = useMutation({
    mutationFn: (body: NewApiKey) => callApi("apiKeyCreated", paths.keys, { method: "POST", body }),
    onSuccess: onCreated,
  });
  const failure =
    scopes.length === 0 ? t("settings.keys.scopeMissing") : create.error && failureText(create.error);
  return (
    <Dialog title={t("settings.keys.add")} onClose={onClose}>
      <DialogForm
        failure={failure}
        onSubmit={() =>
          create.mutate({ name, scopes: [...scopes], validDays: days === FOR_EVER ? null : Number(days) })
        }
        onCancel={onClose}
        submit={
          <Button type="submit" disabled={scopes.length === 0} loading={create.isPending}>
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
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t("settings.keys.scopes")}
          value={[...scopes]}
          onChange={(chosen) => setScopes(SCOPES.filter((scope) => chosen.includes(scope)))}
        >
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
          value={days}
          onChange={(value) => setDays(value ?? "365")}
        />
      </DialogForm>
    </Dialog>
  );
}
