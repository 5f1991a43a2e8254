import { Button, PasswordInput, Select, TextInput } from "@mantine/core";
import type { SetupRequest } from "@muster/shared/contracts/identity.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@muster/shared/password/password-rules.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { PACK_NAMES } from "../alarm-rules/pack-names.ts";
import classes from "./entry-frame.module.css";
import { EntryFrame } from "./entry-frame.tsx";
import { PasswordStrength } from "./password-strength.tsx";

const RULE_PACKS = Object.entries(PACK_NAMES).map(([value, label]) => ({ value, label }));

export function SetupPage({ token }: { token: string }) {
  const { t } = useTranslations();
  const link = useQuery({
    queryKey: ["setup", token],
    queryFn: ({ signal }) => callApi("nothing", paths.setup(token), { signal, isAnonymous: true }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.isPending) return <EntryFrame title={t("session.setup.checking")}>{null}</EntryFrame>;
  if (link.error instanceof ApiError && (link.error.status === 404 || link.error.status === 410)) {
    return (
      <EntryFrame title={t("session.setup.gone")} intro={t("session.setup.goneHint")}>
        <Button component={Link} href="/login" variant="default">
          {t("session.setup.toLogin")}
        </Button>
      </EntryFrame>
    );
  }
  if (link.error) return <FailureState error={link.error} retry={() => void link.refetch()} isPage />;
  return <SetupForm token={token} />;
}

function SetupForm({ token }: { token: string }) {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const setup = useRequestForm({
    initialValues: { organizationName: "", name: "", email: "", password: "", alarmRules: "muster" as const },
    send: (body: SetupRequest) =>
      callApi("me", paths.setup(token), { method: "POST", body, isAnonymous: true }),
    onDone: (me) => {
      queryClient.clear();
      queryClient.setQueryData(queries.me().queryKey, me);
      navigate("/", { replace: true });
    },
  });
  const { organizationName, name, email, password } = setup.form.values;
  const field = (of: keyof SetupRequest) => ({
    required: true,
    withAsterisk: false,
    ...setup.form.getInputProps(of),
  });

  return (
    <EntryFrame title={t("session.setup.title")} intro={t("session.setup.intro")}>
      <form className={classes.form} onSubmit={setup.submit}>
        <TextInput
          label={t("session.setup.organization")}
          autoComplete="organization"
          maxLength={100}
          {...field("organizationName")}
        />
        <TextInput label={t("session.setup.name")} autoComplete="name" maxLength={100} {...field("name")} />
        <TextInput
          label={t("session.setup.email")}
          type="email"
          autoComplete="username"
          maxLength={254}
          {...field("email")}
        />
        <div>
          <PasswordInput
            label={t("session.setup.password")}
            description={t("session.setup.passwordHint")}
            autoComplete="new-password"
            minLength={MIN_PASSWORD_LENGTH}
            maxLength={MAX_PASSWORD_LENGTH}
            {...field("password")}
          />
          <PasswordStrength password={password} personalWords={[name, email, organizationName]} />
        </div>
        <Select
          label={t("session.setup.alarmRules")}
          description={t("session.setup.alarmRulesHint")}
          data={RULE_PACKS}
          allowDeselect={false}
          {...field("alarmRules")}
        />
        <FormError text={setup.failure} />
        <Button type="submit" loading={setup.isPending}>
          {t("session.setup.submit")}
        </Button>
      </form>
    </EntryFrame>
  );
}
