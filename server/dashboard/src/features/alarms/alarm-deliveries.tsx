import type { Delivery } from "@muster/shared/contracts/delivery.ts";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { RelativeTime, useRelativeTime } from "../../ui/relative-time.tsx";
import rowList from "../../ui/row-list.module.css";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./alarm-page.module.css";
import { useAssignees } from "./use-assignees.ts";

const STATES: Record<Delivery["state"], StateName> = {
  waiting: "waiting",
  sent: "ok",
  failed: "critical",
  merged: "unknown",
  dropped: "unknown",
};

/** Who was notified of an alarm, over which channel, and with which success. */
export function AlarmDeliveries({ alarmId }: { alarmId: string }) {
  const { t } = useTranslations();
  const { data } = useQuery(queries.deliveriesOfAlarm(alarmId));
  if (!data) return null;
  return (
    <section className={classes.section}>
      <h2>{t("alarmPages.page.deliveries")}</h2>
      {data.items.length === 0 ? (
        <p className={classes.hint}>{t("alarmPages.page.noDeliveries")}</p>
      ) : (
        <ul className={rowList.list} aria-label={t("alarmPages.page.deliveries")}>
          {data.items.map((delivery) => (
            <DeliveryLine key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslations();
  const recipientOf = useRecipient();
  const next = useRelativeTime(delivery.nextAttemptAt);
  const { state, attempts } = delivery;
  const details = [
    t(`alarmPages.delivery.${state}`),
    attempts.length > 1 ? t("alarmPages.delivery.attempts", { count: attempts.length }) : "",
    next === "" ? "" : t("alarmPages.delivery.next", { time: next }),
    state === "failed" ? (attempts.at(-1)?.answer ?? "") : "",
  ].filter((text) => text !== "");
  return (
    <li className={classes.brief}>
      <StateIcon state={STATES[state]} size={14} isDecorative />
      <span>
        {t(`alarmPages.delivery.kind.${delivery.kind}`)} · <bdi>{recipientOf(delivery)}</bdi>
        <br />
        <span className={classes.dim}>
          <bdi>{details.join(" · ")}</bdi>
        </span>
      </span>
      <span className={classes.when}>
        <RelativeTime at={delivery.createdAt} />
      </span>
    </li>
  );
}

/** The receiver by the name of the channel or user, as far as the reader may know it. */
function useRecipient() {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const members = new Map(useAssignees().map(({ id, name }) => [id, name]));
  const channels = useQuery({ ...queries.channels(), enabled: limit === null }).data?.items ?? [];
  return ({ channelId, recipient, isPush, browser }: Delivery): string => {
    const channel = channels.find(({ id }) => id === channelId);
    if (channel) return t("alarmPages.delivery.to", { name: channel.name });
    const name = members.get(recipient) ?? (recipient.includes("@") ? recipient : null);
    const reader = browser === null ? name : `${name ?? ""} (${browser})`.trim();
    if (reader !== null) return t("alarmPages.delivery.to", { name: reader });
    if (isPush) return t("alarmPages.delivery.push");
    return t(channelId === null ? "alarmPages.delivery.mail" : "alarmPages.delivery.channel");
  };
}
