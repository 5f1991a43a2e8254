import type { Channel, CreatedChannel } from "@muster/shared/contracts/channel.ts";
import { LANGUAGES } from "@muster/shared/i18n/languages.ts";
import { useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { ApiError } from "../../api/api-error.ts";
import {
  type ChannelForm,
  emptySettings,
  formOfChannel,
  settingErrors,
  settingsToSend,
} from "./channel-fields.ts";
import { ChannelFormFields } from "./channel-form-fields.tsx";

type NewChannelDialogProps = {
  canSendMail: boolean;
  onCreated: (created: CreatedChannel) => void;
  onClose: () => void;
};

export function NewChannelDialog({ canSendMail, onCreated, onClose }: NewChannelDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const initialValues: ChannelForm = {
    name: "",
    type: "email",
    language: currentLanguage(),
    isEnabled: true,
    ...emptySettings("email"),
  };
  const create = useDraftForm({
    object: "channel:new",
    initialValues,
    secrets: ["secrets"],
    send: ({ name, type, language, isEnabled, ...form }: ChannelForm) =>
      callApi("channelCreated", paths.channels, {
        method: "POST",
        body: {
          name,
          type,
          language,
          isEnabled,
          settings: settingsToSend({ name, type, language, isEnabled, ...form }, null),
        },
      }),
    onDone: (created) => {
      showToast({ text: t("channels.created", { name: created.name }) });
      onClose();
      onCreated(created);
    },
  });
  const errors = settingErrors(create.error);
  return (
    <Dialog title={t("channels.add")} size="lg" onClose={onClose}>
      <DraftDialogForm
        request={{ ...create, failure: failureOf(create.error, create.failure) }}
        submit={t("channels.add")}
        onClose={onClose}
      >
        <ChannelFormFields
          form={create.form}
          channel={null}
          canSendMail={canSendMail}
          settingErrors={errors}
        />
      </DraftDialogForm>
    </Dialog>
  );
}

type EditChannelDialogProps = { channel: Channel; canSendMail: boolean; onClose: () => void };

export function EditChannelDialog({ channel, canSendMail, onClose }: EditChannelDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const describe = useChannelTexts();
  const edit = useEditForm<ChannelForm, Channel>({
    object: `channel:${channel.id}`,
    resource: channel,
    secrets: ["secrets"],
    valuesOf: formOfChannel,
    async reload() {
      const { items } = await queryClient.fetchQuery({ ...queries.channels(), staleTime: 0 });
      return items.find(({ id }) => id === channel.id) ?? channel;
    },
    send: ({ name, language, isEnabled, ...form }, stored) =>
      callApi("channel", paths.channel(stored.id), {
        method: "PATCH",
        ifMatch: stored.version,
        body: {
          name,
          language,
          isEnabled,
          settings: settingsToSend({ name, language, isEnabled, ...form }, stored),
        },
      }),
    onDone: () => {
      showToast({ text: t("device.saved") });
      onClose();
      void queryClient.invalidateQueries({ queryKey: queries.channels().queryKey });
    },
  });
  return (
    <Dialog title={t("channels.editTitle", { name: channel.name })} size="lg" onClose={onClose}>
      <EditDialogForm
        edit={{ ...edit, failure: failureOf(edit.error, edit.failure) }}
        describe={describe}
        onClose={onClose}
      >
        <ChannelFormFields
          form={edit.form}
          channel={channel}
          canSendMail={canSendMail}
          settingErrors={settingErrors(edit.error)}
        />
      </EditDialogForm>
    </Dialog>
  );
}

/** The server says why a channel cannot be stored, such as that another one has its name. */
function failureOf(error: unknown, failure: string | null): string | null {
  return error instanceof ApiError && error.code === "conflict" ? error.message : failure;
}

function useChannelTexts(): ConflictPanelProps<ChannelForm>["describe"] {
  const { t } = useTranslations();
  return {
    name: { label: t("settings.common.name"), textOf: (name) => name },
    type: { label: t("channels.type"), textOf: (type) => t(`channels.types.${type}.label`) },
    language: { label: t("channels.language"), textOf: (language) => LANGUAGES[language] },
    isEnabled: { label: t("channels.isEnabled"), textOf: (isOn) => t(isOn ? "channels.on" : "channels.off") },
    settings: {
      label: t("channels.receiver"),
      textOf: (settings) =>
        Object.values(settings)
          .map((value) => (Array.isArray(value) ? value.join("\n") : value))
          .join("\n"),
    },
    secrets: { label: t("channels.secretLabel"), textOf: () => t("channels.hidden") },
  };
}
