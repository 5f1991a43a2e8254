import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { chooseOrganization } from "../../api/session.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import { FormError } from "../../ui/form-error.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import classes from "./entry-frame.module.css";
import { EntryFrame } from "./entry-frame.tsx";
import { returnPath, type SESSION_ENDED } from "./return-path.ts";

export function LoginPage() {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const search = useSearch();
  const arrival = useHistoryState<Partial<typeof SESSION_ENDED> | null>();
  const setup = useQuery({
    queryKey: ["setup-state"],
    queryFn: ({ signal }) => callApi("setupState", paths.setupState, { signal, isAnonymous: true }),
  });

  const login = useRequestForm({
    initialValues: { email: "", password: "" },
    send: ({ email, password }) => {
      chooseOrganization(null);
      const body = { email: email.trim(), password };
      return callApi("me", paths.login, { method: "POST", body, isAnonymous: true });
    },
    onDone: (me) => {
      queryClient.clear();
      queryClient.setQueryData(queries.me().queryKey, me);
      navigate(returnPath(search), { replace: true });
    },
  });
  const throttledUntil = login.error instanceof ApiError ? login.error.retryAtMs : null;
  const waitS = useCountdown(throttledUntil);

  function message(): string | null {
    if (!login.error) return null;
    if (throttledUntil !== null) return waitS > 0 ? t("session.login.throttled", { count: waitS }) : null;
    if (login.error instanceof ApiError && login.error.status === 401) return t("session.login.wrong");
    return login.failure;
  }

  return (
    <EntryFrame title={t("session.login.title")}>
      {setup.data?.needed && (
        <p className={classes.notice}>
          <strong>{t("session.setup.needed")}</strong> {t("session.setup.neededHint")}
        </p>
      )}
      {arrival?.hasSessionEnded && (
        <p className={classes.notice} role="status">
          {t("session.login.ended")}
        </p>
      )}
      <form className={classes.form} onSubmit={login.submit}>
        <TextInput
          label={t("session.login.email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
          {...login.form.getInputProps("email")}
        />
        <PasswordInput
          label={t("session.login.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...login.form.getInputProps("password")}
        />
        <FormError text={message()} />
        <Button type="submit" loading={login.isPending} disabled={waitS > 0}>
          {t("session.login.submit")}
        </Button>
      </form>
    </EntryFrame>
  );
}

/** Whole seconds until `endMs` (epoch milliseconds); 0 when it is over or there is none. */
function useCountdown(endMs: number | null): number {
  return useClock((nowMs) => (endMs === null ? 0 : Math.max(0, Math.ceil((endMs - nowMs) / 1_000))));
}
