import { Button } from "@mantine/core";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { ApiKey } from "@muster/shared/contracts/identity.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { CustomerLimitSelect } from "../customers/customer-select.tsx";

/** `refresh` reads the keys again: also where somebody else changed this one, so that the dialog can be opened with the present access. */
type KeyLimitDialogProps = { apiKey: ApiKey; refresh: () => void; onClose: () => void };

/** Changes which customers a key reaches, without a new secret. */
export function KeyLimitDialog({ apiKey, refresh, onClose }: KeyLimitDialogProps) {
  const { t } = useTranslations();
  const { id, name, customers, version } = apiKey;
  const change = useRequestForm({
    initialValues: { chosen: customers ?? [] },
    send: ({ chosen }) =>
      callApi("apiKey", paths.keyLimit(id), {
        method: "PUT",
        ifMatch: version,
        body: { customerIds: limitOf(chosen, customers) },
      }).finally(refresh),
    onDone: onClose,
  });
  const { form } = change;
  return (
    <Dialog title={t("settings.keys.limitTitle", { name: plainName(name) })} onClose={onClose}>
      <DialogForm
        failure={change.failure}
        onSubmit={change.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={change.isPending}>
            {t("shell.action.save")}
          </Button>
        }
      >
        <CustomerLimitSelect
          label={t("customers.limit")}
          description={t("customers.limitKeyHint")}
          value={form.values.chosen}
          onChange={(chosen) => form.setFieldValue("chosen", chosen)}
        />
      </DialogForm>
    </Dialog>
  );
}

/** No customer chosen stands for no limit, but a limit that has lost its customers stays one. */
function limitOf(chosen: readonly CustomerRef[], stored: readonly CustomerRef[] | null): string[] | null {
  if (chosen.length > 0) return chosen.map(({ id }) => id);
  return stored?.length === 0 ? [] : null;
}
