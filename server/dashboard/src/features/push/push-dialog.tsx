import { Button, Switch } from "@mantine/core";
import type { PushSubscription as PushBrowser } from "@muster/shared/contracts/push-subscription.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import rowList from "../../ui/row-list.module.css";
import { StateLabel } from "../../ui/state-label.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { pushSupport } from "./browser-push.ts";
import classes from "./push-dialog.module.css";
import { usePush } from "./use-push.ts";

/** Push notifications in this browser, and the other browsers in which the user gets them. */
export function PushDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const failureText = useFailureText();
  const { browsers, ownId, change, remove } = usePush();
  const support = pushSupport();
  const state = change.data === "blocked" ? "denied" : support;
  const hint = state === "possible" ? "hint" : state;
  const { data } = browsers;
  return (
    <Dialog title={t("push.title")} onClose={onClose}>
      <div className={classes.body}>
        <Switch
          data-autofocus
          label={t("push.label")}
          description={t(`push.${hint}`)}
          disabled={support !== "possible" || change.isPending || !data}
          checked={ownId !== null}
          onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
        />
        <p className={classes.dim}>
          {t("push.policies")}{" "}
          {may("admin") && limit === null && (
            <Link href="/settings/notifications" onClick={onClose}>
              {t("push.toPolicies")}
            </Link>
          )}
        </p>
        <FormError text={change.error ? `${t("push.failed")} ${failureText(change.error)}` : null} />
        <FormError text={remove.error ? failureText(remove.error) : null} />
        {browsers.error && !data && (
          <FailureState error={browsers.error} retry={() => void browsers.refetch()} />
        )}
        {data && data.items.length > 0 && (
          <section>
            <h3 className={classes.heading}>{t("push.browsers")}</h3>
            <ul className={rowList.list} aria-label={t("push.browsers")}>
              {data.items.map((browser) => (
                <BrowserRow
                  key={browser.id}
                  browser={browser}
                  isThis={browser.id === ownId}
                  isRemoving={remove.isPending && remove.variables === browser.id}
                  onRemove={() => remove.mutate(browser.id)}
                />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}

type BrowserRowProps = {
  browser: PushBrowser;
  isThis: boolean;
  isRemoving: boolean;
  onRemove: () => void;
};

function BrowserRow({ browser, isThis, isRemoving, onRemove }: BrowserRowProps) {
  const { t } = useTranslations();
  const { name, createdAt, lastSentAt } = browser;
  const failureText = useFailureText();
  const test = useMutation({
    mutationFn: () => callApi("channelTest", paths.pushTest(browser.id), { method: "POST" }),
  });
  const { data, error } = test;
  return (
    <li className={classes.browser}>
      <span className={classes.words}>
        <bdi>{name}</bdi>
        {isThis && <span className={classes.dim}> · {t("push.thisBrowser")}</span>}
        <br />
        <span className={classes.dim}>
          {lastSentAt === null ? t("push.since") : t("push.lastSent")}{" "}
          <RelativeTime at={lastSentAt ?? createdAt} />
        </span>
      </span>
      <span className={classes.buttons}>
        <Button size="compact-sm" variant="subtle" loading={test.isPending} onClick={() => test.mutate()}>
          {t("push.test")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="critical" loading={isRemoving} onClick={onRemove}>
          {t("push.remove")}
        </Button>
      </span>
      <span className={classes.result} role="status">
        {data?.isSent && (
          <StateLabel state="ok">
            {t("push.sent", { time: t("channels.milliseconds", { value: data.durationMs }) })}
          </StateLabel>
        )}
        {data && !data.isSent && (
          <>
            <StateLabel state="critical">{t("push.notSent")}</StateLabel>
            <p className={classes.dim}>
              <bdi>{data.answer}</bdi>
            </p>
          </>
        )}
        {error && <StateLabel state="critical">{failureText(error)}</StateLabel>}
      </span>
    </li>
  );
}
