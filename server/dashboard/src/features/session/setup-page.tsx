import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { SetupRequest } from "@muster/shared/contracts/identity.ts";
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
import classes from "./entry-frame.module.css";
import { EntryFrame } from "./entry-frame.tsx";
import passwordStrengthClasses from "./password-strength.module.css";

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
    initialValues: { organizationName: "", name: "", email: "", password: "" },
    send: (body: SetupRequest) =>
      callApi("me", paths.setup(token), { method: "POST", body, isAnonymous: true }),
    onDone: (me) => {
      queryClient.clear();
      queryClient.setQueryData(queries.me().queryKey, me);
      navigate("/", { replace: true });
    },
  });
  const field = (name: keyof SetupRequest) => ({
    required: true,
    withAsterisk: false,
    ...setup.form.getInputProps(name),
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
            minLength={10}
            maxLength={200}
            {...field("password")}
          />
          <PasswordStrength password={setup.form.values.password} />
        </div>
        <FormError text={setup.failure} />
        <Button type="submit" loading={setup.isPending}>
          {t("session.setup.submit")}
        </Button>
      </form>
    </EntryFrame>
  );
}

/** Shows how strong a password is as bars and a label. Advice, not a rule. */
function PasswordStrength({ password }: { password: string }) {
  const { t } = useTranslations();
  if (password === "") return null;
  const strength = passwordStrength(password);
  const texts =
    strength.level === 0
      ? t("session.setup.strength.short", { count: strength.missing })
      : t(`session.setup.strength.${strength.word}`);
  return (
    <div
      className={passwordStrengthClasses.strength}
      role="status"
      aria-label={t("session.setup.strength.label")}
    >
      <span className={passwordStrengthClasses.bars} data-level={strength.level} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{texts}</span>
    </div>
  );
}

const PASSWORD_MIN_LENGTH = 10;

type Strength = { level: 0; missing: number } | { level: 1 | 2 | 3; word: "fair" | "good" | "strong" };

/**
 * A rough and honest measure: length, less what repeats or runs on ("aaaa", "abcd", "1234"). Ten characters are the only rule
 * that the server has, so anything from there on is at least fair.
 */
export function passwordStrength(password: string): Strength {
  if (password.length < PASSWORD_MIN_LENGTH) {
    return { level: 0, missing: PASSWORD_MIN_LENGTH - password.length };
  }
  const useful = usefulLength(password.toLowerCase());
  if (useful >= 20) return { level: 3, word: "strong" };
  if (useful >= 13) return { level: 2, word: "good" };
  return { level: 1, word: "fair" };
}

function usefulLength(password: string): number {
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0);
  const runsOn = codes.filter((code, index) => {
    const step = code - (codes[index - 1] ?? Number.NaN);
    return Math.abs(step) <= 1;
  });
  const distinct = new Set(codes).size;
  return Math.min(codes.length - runsOn.length, distinct * 2);
}
