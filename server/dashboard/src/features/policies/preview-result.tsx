import type { NotificationPreview, PreviewRecipient } from "@muster/shared/contracts/notification-preview.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { Banner } from "../device/banner.tsx";
import classes from "./policies.module.css";

/** The policies, the messages and who gets none. */
export function PreviewResult({ preview }: { preview: NotificationPreview }) {
  const { t, formats } = useTranslations();
  const { heldBack, policies, steps, unreached } = preview;
  return (
    <div className={classes.result} role="status">
      {heldBack && (
        <Banner state="maintenance">
          {t("policies.preview.held", { time: formats.minute(heldBack.until) })}
        </Banner>
      )}
      <div>
        <h3>{t("policies.preview.policies")}</h3>
        {policies.length === 0 && <p>{t("policies.preview.noPolicy")}</p>}
        <ol className={classes.rows}>
          {policies.map(({ id, name, verdict }) => (
            <li key={id ?? "default"}>
              <StateLabel state={verdict === "decides" ? "ok" : "offline"}>
                <bdi>{id === null ? t("policies.default") : name}</bdi>
                <span className={classes.dim}>{t(`policies.preview.verdict.${verdict}`)}</span>
              </StateLabel>
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3>{t("policies.preview.messages")}</h3>
        {steps.length === 0 && <StateLabel state="warn">{t("policies.preview.nobody")}</StateLabel>}
        <ol className={classes.rows}>
          {steps.map(({ at, kind, recipients }) => (
            <li key={`${at} ${kind}`} className={classes.step}>
              <time dateTime={at} title={formats.exact(at)}>
                {formats.minute(at)}
              </time>
              <span>{t(`policies.preview.kind.${kind}`)}</span>
              <bdi>{formats.list(recipients.map(recipientText))}</bdi>
            </li>
          ))}
        </ol>
        {preview.goesOn && <p className={classes.dim}>{t("policies.preview.goesOn")}</p>}
      </div>
      {unreached.length > 0 && (
        <div>
          <h3>{t("policies.preview.unreached")}</h3>
          <ul className={classes.rows}>
            {unreached.map((recipient) => (
              <li key={`${recipient.userId ?? recipient.channelId} ${recipient.address}`}>
                <StateLabel state="warn">
                  <bdi>{recipientText(recipient)}</bdi>
                  <span className={classes.dim}>{t(`policies.preview.reason.${recipient.reason}`)}</span>
                </StateLabel>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function recipientText({ name, address, browser }: PreviewRecipient): string {
  const detail = browser ?? address;
  return detail === "" ? name : `${name} (${detail})`;
}
