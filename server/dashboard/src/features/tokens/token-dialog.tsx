import { Button, Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import type { EnrolmentTokenCreated, NewEnrolmentToken } from "@muster/shared/contracts/enrolment.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Suggestions } from "../../ui/suggestions.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { isTag } from "../fleet/tags.ts";

const VALID_DAYS = [1, 7, 30, 365] as const;
const USES = [1, 10, 100, 1_000] as const;
const UNLIMITED = "0";

type TokenForm = {
  name: string;
  days: string;
  uses: string;
  customer: string;
  tags: string[];
  needsApproval: boolean;
};

type TokenDialogProps = { onClose: () => void; onCreated: (created: EnrolmentTokenCreated) => void };

export function TokenDialog({ onClose, onCreated }: TokenDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const [form, setForm] = useState<TokenForm>({
    name: t("settings.tokens.defaultName"),
    days: "1",
    uses: "1",
    customer: "",
    tags: [],
    needsApproval: false,
  });
  const create = useMutation({
    mutationFn: (body: NewEnrolmentToken) =>
      callApi("enrolmentTokenCreated", paths.tokens, { method: "POST", body }),
    onSuccess: onCreated,
  });
  return (
    <Dialog title={t("settings.tokens.add")} onClose={onClose}>
      <DialogForm
        failure={create.error && failureText(create.error)}
        onSubmit={() =>
          create.mutate({
            name: form.name,
            validHours: form.days === "365" ? 8_760 : Number(form.days) * 24,
            maxUses: form.uses === UNLIMITED ? null : Number(form.uses),
            needsApproval: form.needsApproval,
            customer: form.customer.trim() || null,
            tags: form.tags,
          })
        }
        onCancel={onClose}
        submit={
          <Button type="submit" loading={create.isPending}>
            {t("settings.tokens.add")}
          </Button>
        }
      >
        <TokenFields form={form} onChange={(part) => setForm({ ...form, ...part })} />
      </DialogForm>
    </Dialog>
  );
}

type TokenFieldsProps = { form: TokenForm; onChange: (part: Partial<TokenForm>) => void };

function TokenFields({ form, onChange: change }: TokenFieldsProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const summary = useQuery(queries.summary());
  return (
    <>
      <TextInput
        data-autofocus
        required
        withAsterisk={false}
        label={t("settings.common.name")}
        maxLength={100}
        value={form.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t("settings.tokens.validFor")}
        data={VALID_DAYS.map((count) => ({
          value: String(count),
          label: t("settings.common.days", { count }),
        }))}
        value={form.days}
        onChange={(days) => change({ days: days ?? "1" })}
      />
      <Select
        label={t("settings.tokens.maxUses")}
        data={[
          ...USES.map((count) => ({ value: String(count), label: formats.whole(count) })),
          { value: UNLIMITED, label: t("settings.tokens.unlimited") },
        ]}
        value={form.uses}
        onChange={(uses) => change({ uses: uses ?? "1" })}
      />
      <TextInput
        label={t("settings.tokens.customer")}
        list="known-customers"
        maxLength={120}
        value={form.customer}
        onChange={(event) => change({ customer: event.currentTarget.value })}
      />
      <Suggestions id="known-customers" values={summary.data?.customers ?? []} />
      <TagsInput
        label={t("settings.tokens.tags")}
        description={t("fleet.selection.tagHint")}
        data={summary.data?.tags ?? []}
        maxTags={20}
        value={form.tags}
        onChange={(tags) => change({ tags: tags.filter(isTag) })}
      />
      <Checkbox
        label={t("settings.tokens.needsApproval")}
        description={t("settings.tokens.needsApprovalHint")}
        checked={form.needsApproval}
        onChange={(event) => change({ needsApproval: event.currentTarget.checked })}
      />
    </>
  );
}
