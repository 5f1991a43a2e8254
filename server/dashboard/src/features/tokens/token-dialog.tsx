import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { isTag } from "../fleet/tags.ts";
import { type CustomerChoice, customerFields } from "../customers/customer-choice.ts";
import { CustomerSelect } from "../customers/customer-select.tsx";
import { useSession } from "../session/session-context.tsx";

const VALID_DAYS = [1, 7, 30, 365] as const;
const USES = [1, 10, 100, 1_000] as const;
const UNLIMITED = "0";

type TokenForm = {
  name: string;
  validHours: string;
  maxUses: string;
  customerId: CustomerChoice | null;
  tags: string[];
  needsApproval: boolean;
};

type TokenDialogProps = { onClose: () => void; onCreated: (created: EnrolmentTokenCreated) => void };

export function TokenDialog({ onClose, onCreated }: TokenDialogProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const initialValues: TokenForm = {
    name: t("settings.tokens.defaultName"),
    validHours: "24",
    maxUses: "1",
    customerId: limit?.length === 1 ? (limit[0] ?? null) : null,
    tags: [],
    needsApproval: false,
  };
  const create = useDraftForm({
    object: "enrolment-token:new",
    initialValues,
    send: ({ name, validHours, maxUses, customerId, tags, needsApproval }: TokenForm) =>
      callApi("enrolmentTokenCreated", paths.tokens, {
        method: "POST",
        body: {
          name,
          validHours: Number(validHours),
          maxUses: maxUses === UNLIMITED ? null : Number(maxUses),
          needsApproval,
          ...customerFields(customerId),
          tags,
        },
      }),
    onDone: onCreated,
  });
  return (
    <Dialog title={t("settings.tokens.add")} onClose={onClose}>
      <DraftDialogForm request={create} submit={t("settings.tokens.add")} onClose={onClose}>
        <TokenFields form={create.form} />
      </DraftDialogForm>
    </Dialog>
  );
}

function TokenFields({ form }: { form: UseFormReturnType<TokenForm> }) {
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
        {...form.getInputProps("name")}
      />
      <Select
        label={t("settings.tokens.validFor")}
        data={VALID_DAYS.map((count) => ({
          value: String(count * 24),
          label: t("settings.common.days", { count }),
        }))}
        allowDeselect={false}
        {...form.getInputProps("validHours")}
      />
      <Select
        label={t("settings.tokens.maxUses")}
        data={[
          ...USES.map((count) => ({ value: String(count), label: formats.whole(count) })),
          { value: UNLIMITED, label: t("settings.tokens.unlimited") },
        ]}
        allowDeselect={false}
        {...form.getInputProps("maxUses")}
      />
      <CustomerSelect
        label={t("settings.tokens.customer")}
        value={form.values.customerId}
        error={form.errors["customerId"]}
        onChange={(customerId) => form.setFieldValue("customerId", customerId)}
      />
      <TagsInput
        label={t("settings.tokens.tags")}
        description={t("fleet.selection.tagHint")}
        data={summary.data?.tags ?? []}
        maxTags={20}
        {...form.getInputProps("tags")}
        onChange={(tags) => form.setFieldValue("tags", tags.filter(isTag))}
      />
      <Checkbox
        label={t("settings.tokens.needsApproval")}
        description={t("settings.tokens.needsApprovalHint")}
        {...form.getInputProps("needsApproval", { type: "checkbox" })}
      />
    </>
  );
}
