import { Button, Checkbox, TextInput } from "@mantine/core";
import type { SavedView, ViewDefinition } from "@muster/shared/contracts/saved-view.ts";
import { useMutation } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { useSession } from "../session/session-context.tsx";
import { changeView } from "./use-views.ts";

const MAX_NAME_LENGTH = 80;

type SaveDialogProps = {
  definition: ViewDefinition;
  onSaved: (view: SavedView) => void;
  onClose: () => void;
};

/** Saves what is shown under a name. */
export function SaveViewDialog({ definition, onSaved, onClose }: SaveDialogProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  const save = useRequestForm({
    initialValues: { name: "", isShared: false },
    send: (form) =>
      callApi("savedView", paths.views, {
        method: "POST",
        body: { ...form, name: form.name.trim(), definition },
      }),
    onDone: (saved) => {
      onClose();
      onSaved(saved);
    },
  });
  return (
    <Dialog title={t("fleet.views.saveAs")} onClose={onClose}>
      <DialogForm
        failure={save.failure}
        onSubmit={save.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={save.isPending}>
            {t("shell.action.save")}
          </Button>
        }
      >
        <NameInput {...save.form.getInputProps("name")} />
        {may("operator") && (
          <Checkbox
            label={t("fleet.views.share")}
            description={t("fleet.views.shareHint")}
            {...save.form.getInputProps("isShared", { type: "checkbox" })}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}

type ViewDialogProps = { view: SavedView; onDone: (saved: SavedView) => void; onClose: () => void };

export function RenameViewDialog({ view, onDone, onClose }: ViewDialogProps) {
  const { t } = useTranslations();
  const rename = useRequestForm({
    initialValues: { name: view.name },
    send: ({ name }) => changeView(view, { name: name.trim() }),
    onDone: (saved) => {
      onClose();
      onDone(saved);
    },
  });
  return (
    <Dialog title={t("fleet.views.renameTitle", { name: view.name })} onClose={onClose}>
      <DialogForm
        failure={rename.failure}
        onSubmit={rename.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={rename.isPending}>
            {t("shell.action.save")}
          </Button>
        }
      >
        <NameInput {...rename.form.getInputProps("name")} />
      </DialogForm>
    </Dialog>
  );
}

function NameInput(props: object) {
  const { t } = useTranslations();
  return (
    <TextInput
      data-autofocus
      required
      withAsterisk={false}
      autoComplete="off"
      label={t("fleet.views.name")}
      maxLength={MAX_NAME_LENGTH}
      {...props}
    />
  );
}

export function DeleteViewDialog({
  view,
  onDone,
  onClose,
}: Omit<ViewDialogProps, "onDone"> & { onDone: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const remove = useMutation({
    mutationFn: () => callApi("nothing", paths.view(view.id), { method: "DELETE" }),
    onSuccess: () => {
      showToast({ text: t("fleet.views.removed") });
      onClose();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t("fleet.views.removeTitle", { name: view.name })}
      text={t(view.isShared ? "fleet.views.removeSharedText" : "fleet.views.removeText")}
      verb={t("fleet.views.remove")}
      isPending={remove.isPending}
      failure={remove.error && failureText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
