import "../../ui/mantine-dialog-styles.ts";
import { TextInput } from "@mantine/core";
import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import type { Silence } from "@muster/shared/contracts/silence.ts";
import { useMutation } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { CommentFields, SilenceFields } from "./silence-fields.tsx";
import {
  changeOf,
  endOf,
  formOfSilence,
  matchersOf,
  newSilenceForm,
  type SilenceEdit,
  type SilenceForm,
} from "./silence-form.ts";
import { SilencePreview } from "./silence-preview.tsx";
import { useRefreshSilences } from "./use-refresh-silences.ts";

/** Silences what fits the form, or what `alarm` leads to. */
export function NewSilenceDialog({ alarm, onClose }: { alarm: Alarm | null; onClose: () => void }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const refresh = useRefreshSilences();
  const create = useDraftForm({
    object: `silence:${alarm?.id ?? "new"}`,
    initialValues: newSilenceForm(alarm ? "alarm" : "matching"),
    send: (form: SilenceForm) =>
      callApi("silence", paths.silences, {
        method: "POST",
        body: {
          ...matchersOf(form, alarm),
          comment: form.comment,
          endsAt: endOf(form, Date.now()),
          endsWhenIdle: form.endsWhenIdle,
        },
      }),
    onDone: ({ matches: { count } }) => {
      showToast({ text: t("silences.created", { count }) });
      refresh();
      onClose();
    },
  });
  return (
    <Dialog title={t("silences.add")} size="lg" onClose={onClose}>
      <DraftDialogForm request={create} submit={t("silences.silence")} onClose={onClose}>
        <SilenceFields form={create.form} alarm={alarm} />
        <SilencePreview form={create.form.values} alarm={alarm} />
      </DraftDialogForm>
    </Dialog>
  );
}

type SilenceDialogProps = { silence: Silence; onClose: () => void };

/** Changes the end and the comment of a silence. */
export function EditSilenceDialog({ silence, onClose }: SilenceDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const refresh = useRefreshSilences();
  const edit = useEditForm<SilenceEdit, Silence>({
    object: `silence:${silence.id}`,
    resource: silence,
    valuesOf: formOfSilence,
    reload: () => callApi("silence", paths.silence(silence.id), {}),
    send: (edited, stored) =>
      callApi("silence", paths.silence(stored.id), {
        method: "PATCH",
        ifMatch: stored.version,
        body: changeOf(edited, stored),
      }),
    onDone: () => {
      showToast({ text: t("device.saved") });
      refresh();
      onClose();
    },
  });
  const textOf = (text: string) => text;
  return (
    <Dialog title={t("silences.edit")} size="lg" onClose={onClose}>
      <EditDialogForm
        edit={edit}
        describe={{
          comment: { label: t("silences.comment"), textOf },
          customEnd: { label: t("silences.until"), textOf: (end) => end.replace("T", " ") },
          endsWhenIdle: {
            label: t("silences.endsWhenIdle"),
            textOf: (isOn) => t(isOn ? "settings.organization.on" : "settings.organization.off"),
          },
        }}
        onClose={onClose}
      >
        <TextInput
          required
          withAsterisk={false}
          type="datetime-local"
          label={t("silences.until")}
          {...edit.form.getInputProps("customEnd")}
          error={edit.form.errors["endsAt"]}
        />
        <CommentFields form={edit.form} />
      </EditDialogForm>
    </Dialog>
  );
}

export function EndSilenceDialog({ silence, onClose }: SilenceDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const refresh = useRefreshSilences();
  const end = useMutation({
    mutationFn: () => callApi("silence", paths.silenceEnd(silence.id), { method: "POST" }),
    onSuccess: () => {
      refresh();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("silences.endTitle")}
      text={t("silences.endText", { count: silence.matches.count })}
      verb={t("silences.end")}
      isPending={end.isPending}
      failure={end.error && failureText(end.error)}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    />
  );
}
