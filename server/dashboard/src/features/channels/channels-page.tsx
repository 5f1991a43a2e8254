import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import type { Channel, CreatedChannel } from "@muster/shared/contracts/channel.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Megaphone, Plus } from "lucide-react";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import type { DataColumn } from "../../ui/data-table.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { singlePage } from "../../ui/single-page.ts";
import { StateLabel } from "../../ui/state-label.tsx";
import { RoleGate, useSession } from "../session/session-context.tsx";
import { EditChannelDialog, NewChannelDialog } from "./channel-dialog.tsx";
import {
  DeleteChannelDialog,
  RotateSecretDialog,
  SigningSecretDialog,
  TestChannelDialog,
} from "./channel-dialogs.tsx";
import { ChannelState, hasSigningSecret } from "./channel-form-fields.tsx";
import classes from "./channels.module.css";
import { NoMailNote } from "./no-mail-note.tsx";

export function ChannelsPage() {
  return (
    <RoleGate minimumRole="viewer" needsWholeOrganization>
      <ChannelList />
    </RoleGate>
  );
}

type Verb = "test" | "edit" | "rotate" | "remove";
type Open = { kind: "add" } | { kind: "secret"; created: CreatedChannel } | { kind: Verb; channel: Channel };

function ChannelList() {
  const { t } = useTranslations();
  const { may } = useSession();
  const channels = useQuery(queries.channels());
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useChannelColumns((kind, channel) => setOpen({ kind, channel }));
  const canSendMail = channels.data?.canSendMail ?? true;
  return (
    <SettingsPage
      title={t("channels.title")}
      intro={t("channels.intro")}
      action={
        may("admin") && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen({ kind: "add" })}>
            {t("channels.add")}
          </Button>
        )
      }
    >
      {!canSendMail && <NoMailNote />}
      <ListBody
        label={t("channels.title")}
        rows={channels.data?.items ?? []}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={({ name, host, type }) => [name, host, type]}
        pages={singlePage(channels)}
        empty={
          <MessageState
            icon={<Megaphone size={26} />}
            title={t("channels.empty")}
            text={t("channels.emptyHint")}
          />
        }
      />
      <OpenDialog open={open} setOpen={setOpen} canSendMail={canSendMail} />
    </SettingsPage>
  );
}

type OpenDialogProps = { open: Open | null; setOpen: (open: Open | null) => void; canSendMail: boolean };

function OpenDialog({ open, setOpen, canSendMail }: OpenDialogProps) {
  const queryClient = useQueryClient();
  const close = () => setOpen(null);
  switch (open?.kind) {
    case undefined:
      return null;
    case "add":
      return (
        <NewChannelDialog
          canSendMail={canSendMail}
          onClose={close}
          onCreated={(created) => {
            void queryClient.invalidateQueries({ queryKey: queries.channels().queryKey });
            if (created.signingSecret !== null) setOpen({ kind: "secret", created });
          }}
        />
      );
    case "secret":
      return (
        <SigningSecretDialog
          name={open.created.name}
          secret={open.created.signingSecret ?? ""}
          onClose={close}
        />
      );
    case "test":
      return <TestChannelDialog channel={open.channel} onClose={close} />;
    case "edit":
      return <EditChannelDialog channel={open.channel} canSendMail={canSendMail} onClose={close} />;
    case "rotate":
      return <RotateSecretDialog channel={open.channel} onClose={close} />;
    case "remove":
      return <DeleteChannelDialog channel={open.channel} onClose={close} />;
  }
}

function useChannelColumns(onOpen: (verb: Verb, channel: Channel) => void): DataColumn<Channel>[] {
  const { t } = useTranslations();
  const { may } = useSession();
  const columns: DataColumn<Channel>[] = [
    { name: "name", label: t("settings.common.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    { name: "type", label: t("channels.type"), cell: ({ type }) => t(`channels.types.${type}.label`) },
    { name: "receiver", label: t("channels.receiver"), cell: (channel) => <Receiver channel={channel} /> },
    { name: "state", label: t("settings.common.state"), cell: (channel) => <State channel={channel} /> },
    {
      name: "lastSent",
      label: t("channels.lastSent"),
      cell: ({ lastSentAt }) =>
        lastSentAt === null ? (
          <span className={classes.dim}>{t("settings.common.never")}</span>
        ) : (
          <>
            {t("channels.accepted")} <RelativeTime at={lastSentAt} />
          </>
        ),
    },
  ];
  if (!may("admin")) return columns;
  const actions: DataColumn<Channel> = {
    name: "actions",
    label: "",
    isNumber: true,
    cell: (channel) => <ChannelButtons channel={channel} onOpen={(verb) => onOpen(verb, channel)} />,
  };
  return [...columns, actions];
}

function ChannelButtons({ channel, onOpen }: { channel: Channel; onOpen: (verb: Verb) => void }) {
  const { t } = useTranslations();
  return (
    <span className={classes.buttons}>
      <Button size="compact-sm" variant="subtle" onClick={() => onOpen("test")}>
        {t("channels.test")}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => onOpen("edit")}>
        {t("channels.edit")}
      </Button>
      {hasSigningSecret(channel) && (
        <Button size="compact-sm" variant="subtle" onClick={() => onOpen("rotate")}>
          {t("channels.rotate")}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="critical" onClick={() => onOpen("remove")}>
        {t("channels.remove")}
      </Button>
    </span>
  );
}

function State({ channel }: { channel: Channel }) {
  const formats = useFormats();
  const { failingSince } = channel;
  const failingFor = useClock((nowMs) =>
    failingSince === null ? "" : formats.duration(nowMs - Date.parse(failingSince)),
  );
  return <ChannelState channel={channel} failingFor={failingFor} />;
}

/** The host, or the addresses with those that nobody has confirmed. */
function Receiver({ channel }: { channel: Channel }) {
  const { t, formats } = useTranslations();
  const { host, settings, unconfirmedAddresses: unconfirmed } = channel;
  if (host !== null) return <bdi>{host}</bdi>;
  const addresses = settings["addresses"];
  return (
    <span className={classes.stack}>
      <bdi>{Array.isArray(addresses) ? addresses.join(", ") : ""}</bdi>
      {unconfirmed.length > 0 && (
        <span title={t("channels.unconfirmedHint", { list: formats.list(unconfirmed) })}>
          <StateLabel state="warn">{t("channels.unconfirmed", { count: unconfirmed.length })}</StateLabel>
        </span>
      )}
    </span>
  );
}
