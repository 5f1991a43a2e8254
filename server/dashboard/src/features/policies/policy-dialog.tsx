import type {
  NotificationPolicies,
  NotificationPolicy,
} from "@muster/shared/contracts/notification-policy.ts";
import { useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import { formOfPolicy, NEW_POLICY, type PolicyForm, policyToSend } from "./policy-form.ts";
import { usePolicySentence } from "./use-policy-sentence.ts";

const NO_NAMES = {};

export function NewPolicyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const create = useDraftForm({
    object: "notification-policy:new",
    initialValues: NEW_POLICY,
    send: (form: PolicyForm) =>
      callApi("notificationPolicy", paths.policies, { method: "POST", body: policyToSend(form) }),
    onDone: ({ name }) => {
      showToast({ text: t("policies.created", { name }) });
      void queryClient.invalidateQueries({ queryKey: queries.policies().queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t("policies.add")} size="lg" onClose={onClose}>
      <DraftDialogForm request={create} submit={t("policies.add")} onClose={onClose}>
        <PolicyFields form={create.form} names={NO_NAMES} />
      </DraftDialogForm>
    </Dialog>
  );
}

type EditPolicyDialogProps = {
  policy: NotificationPolicy;
  names: NotificationPolicies["names"];
  onClose: () => void;
};

export function EditPolicyDialog({ policy, names, onClose }: EditPolicyDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const describe = usePolicyTexts(names);
  const edit = useEditForm<PolicyForm, NotificationPolicy>({
    object: `notification-policy:${policy.id}`,
    resource: policy,
    valuesOf: (known) => formOfPolicy(known, names),
    async reload() {
      const { items } = await queryClient.fetchQuery({ ...queries.policies(), staleTime: 0 });
      return items.find(({ id }) => id === policy.id) ?? policy;
    },
    send: (form, stored) =>
      callApi("notificationPolicy", paths.policy(stored.id), {
        method: "PATCH",
        ifMatch: stored.version,
        body: policyToSend(form),
      }),
    onDone: () => {
      showToast({ text: t("device.saved") });
      void queryClient.invalidateQueries({ queryKey: queries.policies().queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t("policies.editTitle", { name: policy.name })} size="lg" onClose={onClose}>
      <EditDialogForm edit={edit} describe={describe} onClose={onClose}>
        <PolicyFields form={edit.form} names={names} />
      </EditDialogForm>
    </Dialog>
  );
}

/** Fields of a conflict as text: what a sentence can say is said by one that has nothing else. */
function usePolicyTexts(names: NotificationPolicies["names"]): ConflictPanelProps<PolicyForm>["describe"] {
  const { t, formats } = useTranslations();
  const sentenceOf = usePolicySentence(names);
  const sentence = (part: Partial<PolicyForm>) => {
    const { name: _, isEnabled: __, ...definition } = policyToSend({ ...NEW_POLICY, ...part });
    return sentenceOf(definition);
  };
  const minutes = (text: string) =>
    text === "0" ? t("policies.field.never") : formats.exactDuration(Number(text) * 60_000);
  return {
    name: { label: t("settings.common.name"), textOf: (name) => name },
    isEnabled: {
      label: t("policies.field.enabled"),
      textOf: (isOn) => t(isOn ? "settings.organization.on" : "settings.organization.off"),
    },
    match: { label: t("policies.field.match"), textOf: (match) => sentence({ match }) },
    recipients: { label: t("policies.field.recipients"), textOf: (recipients) => sentence({ recipients }) },
    activeHours: { label: t("policies.field.when"), textOf: (activeHours) => sentence({ activeHours }) },
    collectS: {
      label: t("policies.field.collect"),
      textOf: (seconds) => formats.exactDuration(Number(seconds) * 1_000),
    },
    remindEveryMin: { label: t("policies.field.remind"), textOf: minutes },
    escalateAfterMin: { label: t("policies.field.escalate"), textOf: minutes },
    escalateTo: {
      label: t("policies.field.escalateTo"),
      textOf: (escalateTo) => sentence({ recipients: escalateTo }),
    },
  };
}
