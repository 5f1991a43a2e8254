import { Button } from "@mantine/core";
import type { Delivery, DeliveryAttempt } from "@muster/shared/contracts/delivery.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Link } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { RelativeTime, useRelativeTime } from "../../ui/relative-time.tsx";
import type { StateName } from "../../ui/state-icon.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./deliveries.module.css";
import { useAlarmText } from "../alarms/use-alarm-text.ts";

const ICON = {
  waiting: "waiting",
  sent: "ok",
  failed: "critical",
  merged: "unknown",
  dropped: "offline",
} as const satisfies Record<Delivery["state"], StateName>;

/** One delivery: what it told, to whom, and how it went. */
export function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslations();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { titleOf } = useAlarmText();
  const { alarm, state } = delivery;
  const nextTry = useRelativeTime(delivery.nextAttemptAt);
  return (
    <li className={classes.delivery}>
      <span className={classes.when}>
        <RelativeTime at={delivery.createdAt} />
      </span>
      <span className={classes.what}>
        <span className={classes.kind}>{t(`deliveries.kind.${delivery.kind}`)}</span>
        <Link href={`/alarms/${delivery.alarmId}`} className={classes.link}>
          <bdi>{alarm ? titleOf(alarm) : t("deliveries.goneAlarm")}</bdi>
        </Link>
        {alarm?.deviceName && <bdi className={classes.dim}>{alarm.deviceName}</bdi>}
      </span>
      <span className={classes.whom}>
        <Recipient delivery={delivery} />
      </span>
      <span className={classes.state}>
        <StateLabel state={ICON[state]}>{t(`deliveries.state.${state}`)}</StateLabel>
        {state === "waiting" && (
          <span className={classes.dim}>{t("deliveries.nextTry", { time: nextTry })}</span>
        )}
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {t("deliveries.details")}
      </Button>
      <div id={id} className={classes.details}>
        {isOpen && <DeliveryDetails delivery={delivery} />}
      </div>
    </li>
  );
}

function Recipient({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslations();
  const { channelId, channelName, recipient, userName, isPush, browser } = delivery;
  if (channelId === null) {
    return (
      <>
        <bdi>{userName ?? t("deliveries.goneUser")}</bdi>
        <span className={classes.dim}>{t(isPush ? "deliveries.push" : "deliveries.mail")}</span>
        {browser !== null && <bdi className={classes.dim}>{browser}</bdi>}
      </>
    );
  }
  return (
    <>
      <bdi>{channelName ?? t("deliveries.goneChannel")}</bdi>
      {recipient !== "" && <bdi className={classes.dim}>{recipient}</bdi>}
    </>
  );
}

function DeliveryDetails({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const { attempts, state, messageId } = delivery;
  return (
    <>
      {(state === "merged" || state === "dropped") && <p>{t(`deliveries.stateHint.${state}`)}</p>}
      {attempts.length === 0 && <p className={classes.dim}>{t("deliveries.noAttempt")}</p>}
      <ol className={classes.attempts}>
        {attempts.map((attempt) => (
          <Attempt key={attempt.at} attempt={attempt} />
        ))}
      </ol>
      <FactList facts={[{ name: t("deliveries.messageId"), value: <code>{messageId}</code> }]} />
      {may("admin") && limit === null && (state === "sent" || state === "failed") && (
        <ReplayButton delivery={delivery} />
      )}
    </>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttempt }) {
  const { t, formats } = useTranslations();
  const { at, outcome, status, answer, durationMs } = attempt;
  const time = t("channels.milliseconds", { value: durationMs });
  return (
    <li>
      <time dateTime={at}>{formats.exact(at)}</time>{" "}
      {t("deliveries.attempt", { outcome: t(`deliveries.outcome.${outcome}`), time })}
      {status !== null && <>, {t("deliveries.status", { status })}</>}
      {answer !== "" && (
        <p className={classes.answer}>
          <bdi>{answer}</bdi>
        </p>
      )}
    </li>
  );
}

function ReplayButton({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => callApi("delivery", paths.deliveryReplay(delivery.id), { method: "POST" }),
    onSuccess: () => showToast({ text: t("deliveries.replayed") }),
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  return (
    <div>
      <Button size="compact-sm" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
        {t("deliveries.replay")}
      </Button>
    </div>
  );
}
