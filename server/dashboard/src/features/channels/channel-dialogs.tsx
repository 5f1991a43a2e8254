import { Button } from "@mantine/core";
import type { Channel } from "@muster/shared/contracts/channel.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import dialogClasses from "../../ui/dialog-form.module.css";
import { FactList } from "../../ui/fact-list.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { RevokeDialog } from "../../ui/revoke-dialog.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import classes from "./channels.module.css";

type ChannelDialogProps = { channel: Channel; onClose: () => void };

/** Sends a test message, and shows what the receiver answered. */
export function TestChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: () => callApi("channelTest", paths.channelVerb(channel.id, "test"), { method: "POST" }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queries.channels().queryKey }),
  });
  const { data: result } = test;
  const time = t("channels.milliseconds", { value: result?.durationMs ?? 0 });
  return (
    <Dialog title={t("channels.testTitle", { name: channel.name })} onClose={onClose}>
      <DialogForm
        failure={test.error && failureText(test.error)}
        onSubmit={() => test.mutate()}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={test.isPending}>
            {t("channels.testSend")}
          </Button>
        }
      >
        <p style={{ margin: 0 }}>{t("channels.testText")}</p>
        <div role="status" className={dialogClasses.form}>
          {result && (
            <>
              <StateLabel state={result.isSent ? "ok" : "critical"}>
                {result.isSent ? t("channels.testSent", { time }) : t("channels.testFailed")}
              </StateLabel>
              {result.status !== null && (
                <FactList facts={[{ name: t("channels.status"), value: String(result.status) }]} />
              )}
              {result.answer !== "" && (
                <p className={classes.answer}>
                  <bdi>{result.answer}</bdi>
                </p>
              )}
            </>
          )}
        </div>
      </DialogForm>
    </Dialog>
  );
}

/** Replaces the secret of a webhook, and shows the new one once. */
export function RotateSecretDialog({ channel, onClose }: ChannelDialogProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const rotate = useMutation({
    mutationFn: () =>
      callApi("rotatedSecret", paths.channelVerb(channel.id, "rotate-secret"), { method: "POST" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.channels().queryKey }),
  });
  if (rotate.data) {
    const { signingSecret, previousValidUntil } = rotate.data;
    return (
      <SigningSecretDialog name={channel.name} secret={signingSecret} onClose={onClose}>
        <p style={{ margin: 0 }}>
          {t("channels.previousUntil", { time: formats.minute(previousValidUntil) })}
        </p>
      </SigningSecretDialog>
    );
  }
  return (
    <ConfirmDialog
      title={t("channels.rotateTitle", { name: channel.name })}
      text={t("channels.rotateText")}
      verb={t("channels.rotate")}
      isDanger={false}
      isPending={rotate.isPending}
      failure={rotate.error && failureText(rotate.error)}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    />
  );
}

type SigningSecretDialogProps = {
  name: string;
  secret: string;
  onClose: () => void;
  children?: React.ReactNode;
};

/** The secret of a webhook, shown once. */
export function SigningSecretDialog({ name, secret, onClose, children }: SigningSecretDialogProps) {
  const { t } = useTranslations();
  return (
    <Dialog title={t("channels.secretTitle", { name })} size="lg" onClose={onClose}>
      <div className={dialogClasses.form}>
        <p style={{ margin: 0 }}>{t("channels.secretText")}</p>
        <CodeLine text={secret} label={t("channels.secretLabel")} />
        <p style={{ margin: 0 }}>{t("settings.common.shownOnce")}</p>
        {children}
        <div className={dialogClasses.buttons}>
          <Button onClick={onClose}>{t("shell.action.close")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Deletes a channel; one that policies use says which ones. */
export function DeleteChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const { t, formats } = useTranslations();
  const queryClient = useQueryClient();
  const policies = useQuery({ ...queries.policies(), staleTime: 0 });
  const title = t("channels.removeTitle", { name: channel.name });
  if (!policies.data) {
    return (
      <Dialog title={title} onClose={onClose}>
        {policies.error && <FailureState error={policies.error} retry={() => void policies.refetch()} />}
      </Dialog>
    );
  }
  const users = policies.data.items.filter(({ recipients, escalateTo }) =>
    [...recipients.channelIds, ...escalateTo.channelIds].includes(channel.id),
  );
  if (users.length > 0) {
    return (
      <Dialog title={title} onClose={onClose}>
        <div className={dialogClasses.form}>
          <p style={{ margin: 0 }}>
            {t("channels.used", { list: formats.list(users.map(({ name }) => name)) })}
          </p>
          <div className={dialogClasses.buttons}>
            <Button component={Link} href="/settings/notifications">
              {t("channels.toPolicies")}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <RevokeDialog
      path={paths.channel(channel.id)}
      title={title}
      text={t("channels.removeText")}
      verb={t("channels.remove")}
      onDone={() => void queryClient.invalidateQueries({ queryKey: queries.channels().queryKey })}
      onClose={onClose}
    />
  );
}
