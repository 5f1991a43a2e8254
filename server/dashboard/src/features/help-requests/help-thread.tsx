import "../../ui/mantine-dialog-styles.ts";
import { Button, Textarea } from "@mantine/core";
import {
  type HelpDiagnostics,
  type HelpMessage,
  type HelpThread as Thread,
  MAX_HELP_TEXT_LENGTH,
} from "@muster/shared/contracts/device-support.ts";
import { useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./help-thread.module.css";
import { helpThreadQuery, useTakeHelpThread } from "./use-help-thread.ts";

/** The help request of an alarm: its thread with receipts, the summary of the computer, and the answer. */
export function HelpThread({ alarmId }: { alarmId: string }) {
  const { may } = useSession();
  const { t } = useTranslations();
  const { data: thread, error, refetch } = useQuery(helpThreadQuery(alarmId));
  if (!thread) return error ? <FailureState error={error} retry={() => void refetch()} /> : null;
  const { askedBy, askedAt, text, takenBy, state, diagnostics, messages } = thread;
  const isOpen = state === "open";
  return (
    <section className={classes.thread} aria-label={t("helpRequests.thread")}>
      <p className={classes.note}>
        {isOpen && takenBy === null && t("helpRequests.taken.nobody")}
        {isOpen && takenBy !== null && t("helpRequests.taken.by", { name: takenBy })}
        {!isOpen && t("helpRequests.closed")}
      </p>
      <ol className={classes.messages}>
        <li className={classes.message}>
          <From name={askedBy} at={askedAt} />
          <MessageText text={text} />
        </li>
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
      {isOpen && may("operator") && <AnswerForm thread={thread} />}
      {diagnostics !== null && <Diagnostics diagnostics={diagnostics} />}
    </section>
  );
}

function Message({ message }: { message: HelpMessage }) {
  const { author, at, text, isFromIt } = message;
  return (
    <li className={classes.message} data-it={isFromIt}>
      <From name={author} at={at} />
      <MessageText text={text} />
      {isFromIt && <Receipt message={message} />}
    </li>
  );
}

function From({ name, at }: { name: string; at: string }) {
  return (
    <p className={classes.from}>
      <bdi>{name}</bdi>
      <RelativeTime at={at} />
    </p>
  );
}

function MessageText({ text }: { text: string }) {
  return (
    <p className={classes.text} dir="auto">
      {text}
    </p>
  );
}

function Receipt({ message: { deliveredAt, readAt } }: { message: HelpMessage }) {
  const { t } = useTranslations();
  const at = readAt ?? deliveredAt;
  const kind = readAt === null ? "delivered" : "read";
  return (
    <p className={classes.receipt}>
      {at === null ? (
        t("helpRequests.receipt.sent")
      ) : (
        <>
          {t(`helpRequests.receipt.${kind}`)} <RelativeTime at={at} />
        </>
      )}
    </p>
  );
}

function AnswerForm({ thread }: { thread: Thread }) {
  const { t } = useTranslations();
  const take = useTakeHelpThread();
  const request = useRequestForm({
    initialValues: { text: "" },
    send: (values) =>
      callApi("helpThread", paths.helpRequestMessages(thread.alarmId), { method: "POST", body: values }),
    onDone: (changed) => {
      take(changed);
      request.form.reset();
    },
  });
  return (
    <form className={classes.form} onSubmit={request.submit}>
      <Textarea
        label={t("helpRequests.answer")}
        description={t("helpRequests.answerHint", { name: thread.askedBy })}
        autosize
        minRows={3}
        maxLength={MAX_HELP_TEXT_LENGTH}
        dir="auto"
        {...request.form.getInputProps("text")}
      />
      <FormError text={request.failure} />
      <Button type="submit" loading={request.isPending} className={classes.send}>
        {t("helpRequests.send")}
      </Button>
    </form>
  );
}

function Diagnostics({ diagnostics }: { diagnostics: HelpDiagnostics }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { atMs, agentVersion, state, health, problem, diskPercent, diskMount, uptimeS } = diagnostics;
  const disk = [diskPercent === null ? null : formats.percent(diskPercent), diskMount];
  return (
    <section className={classes.diagnostics}>
      <h2>{t("helpRequests.diagnostics.title")}</h2>
      <FactList
        facts={[
          { name: t("helpRequests.diagnostics.at"), value: formats.exact(atMs) },
          { name: t("helpRequests.diagnostics.agent"), value: agentVersion },
          { name: t("helpRequests.diagnostics.state"), value: state },
          {
            name: t("helpRequests.diagnostics.health"),
            value: health === null ? null : formats.whole(health),
          },
          { name: t("helpRequests.diagnostics.problem"), value: problem },
          {
            name: t("helpRequests.diagnostics.disk"),
            value: disk.filter((part) => part !== null).join(", "),
          },
          {
            name: t("helpRequests.diagnostics.uptime"),
            value: uptimeS === null ? null : formats.duration(uptimeS * 1_000),
          },
        ]}
      />
    </section>
  );
}
