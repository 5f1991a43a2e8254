import { useEffect, useRef, useState } from "react";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { CheckField } from "../ui/check-field.tsx";
import { Field } from "../ui/field.tsx";
import classes from "./join-fields.module.css";
import type { SetupEntry, SetupField, SetupProblem } from "./setup-entry.ts";

type JoinFieldsProps = {
  entry: SetupEntry;
  problems: Partial<Record<SetupField, SetupProblem>>;
  onChange: (changes: Partial<SetupEntry>) => void;
};

/** The fields: address, token, and the advanced ones that few users need. */
export function JoinFields({ entry, problems, onChange }: JoinFieldsProps) {
  const { t } = useTranslations();
  const server = useRef<HTMLInputElement>(null);
  // The first thing to fill in.
  useEffect(() => server.current?.focus(), []);
  const [isTokenShown, setIsTokenShown] = useState(false);
  const problemOf = (field: SetupField) => {
    const problem = problems[field];
    return problem ? t(`windows.setup.${problem}`) : null;
  };
  return (
    <>
      <Field label={t("windows.setup.server")} problem={problemOf("server")}>
        {(naming) => (
          <input
            {...naming}
            name="server"
            type="url"
            value={entry.server}
            maxLength={2000}
            placeholder={t("windows.setup.serverExample")}
            spellCheck={false}
            autoComplete="off"
            ref={server}
            onChange={(event) => onChange({ server: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("windows.setup.token")} problem={problemOf("token")}>
        {(naming) => (
          <div className={classes.token}>
            <input
              {...naming}
              name="token"
              type={isTokenShown ? "text" : "password"}
              value={entry.token}
              maxLength={200}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange({ token: event.target.value })}
            />
            <Button aria-pressed={isTokenShown} onClick={() => setIsTokenShown(!isTokenShown)}>
              {t(`windows.setup.${isTokenShown ? "hideToken" : "showToken"}`)}
            </Button>
          </div>
        )}
      </Field>
      <details className={classes.advanced} open={problems.authority !== undefined || undefined}>
        <summary>{t("windows.setup.advanced")}</summary>
        <Field
          label={t("windows.setup.authority")}
          hint={t("windows.setup.authorityHint")}
          problem={problemOf("authority")}
        >
          {(naming) => (
            <textarea
              {...naming}
              name="authority"
              rows={4}
              value={entry.authority}
              maxLength={100_000}
              spellCheck={false}
              placeholder="-----BEGIN CERTIFICATE-----"
              onChange={(event) => onChange({ authority: event.target.value })}
            />
          )}
        </Field>
        <CheckField
          label={t("windows.setup.insecure")}
          hint={t("windows.setup.insecureHint")}
          checked={entry.isInsecureHttpAllowed}
          onChange={(isInsecureHttpAllowed) => onChange({ isInsecureHttpAllowed })}
        />
      </details>
    </>
  );
}
