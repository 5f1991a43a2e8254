import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { SetupRequest } from "@muster/shared/contracts/identity.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import classes from "./entry-frame.module.css";
import { EntryFrame } from "./entry-frame.tsx";
import { PasswordStrength } from "./password-strength.tsx";

export function SetupPage({ token }: { token: string }) {
  const { t } = useWords();
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
  const { t } = useWords();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const [form, setForm] = useState<SetupRequest>({ organizationName: "", name: "", email: "", password: "" });
  const setup = useMutation({
    mutationFn: (body: SetupRequest) =>
      callApi("me", paths.setup(token), { method: "POST", body, isAnonymous: true }),
    onSuccess: (me) => {
      queryClient.clear();
      queryClient.setQueryData(queries.me().queryKey, me);
      navigate("/", { replace: true });
    },
  });
  const details = setup.error instanceof ApiError ? setup.error.details : [];
  const field = (name: keyof SetupRequest) => ({
    required: true,
    withAsterisk: false,
    value: form[name],
    error: details.find(({ path }) => path === name)?.message,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setForm({ ...form, [name]: event.target.value }),
  });

  return (
    <EntryFrame title={t("session.setup.title")} intro={t("session.setup.intro")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          setup.mutate(form);
        }}
      >
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
            minLength={10}
            maxLength={200}
            {...field("password")}
          />
          <PasswordStrength password={form.password} />
        </div>
        <FormError text={setup.error && details.length === 0 ? failureText(setup.error) : null} />
        <Button type="submit" loading={setup.isPending}>
          {t("session.setup.submit")}
        </Button>
      </form>
    </EntryFrame>
  );
}
