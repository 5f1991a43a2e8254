import { isLanguage, LANGUAGES, type Language } from "@muster/shared/i18n/languages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import { useState } from "react";
import type { TraySettings } from "../../ipc-contract.ts";
import { ask } from "../frame/bridge.ts";
import type { Notice } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Card } from "../ui/card.tsx";
import { CheckField } from "../ui/check-field.tsx";
import { Field } from "../ui/field.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import classes from "./settings-card.module.css";

/** The user's settings, and where the credential is stored. */
export function SettingsCard({ settings }: { settings: TraySettings }) {
  const { t } = useTranslations();
  const [notice, setNotice] = useState<Notice | null>(null);
  const { language, opensAtLogin, canChangeOpensAtLogin, secretsKept } = settings;

  function save(request: Promise<null>): void {
    setNotice(null);
    request.catch(() => setNotice({ kind: "refused", text: t("windows.refused.failed") }));
  }
  const chooseLanguage = (value: string): void =>
    save(ask("set-language", isLanguage(value) ? (value satisfies Language) : null));

  return (
    <Card title={t("windows.setup.settings")}>
      <Field label={t("windows.setup.language")}>
        {(naming) => (
          <select {...naming} value={language ?? ""} onChange={(event) => chooseLanguage(event.target.value)}>
            <option value="">{t("windows.setup.asSystem")}</option>
            {keysOf(LANGUAGES).map((name) => (
              <option key={name} value={name} lang={name}>
                {LANGUAGES[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <CheckField
        label={t("windows.setup.opensAtLogin")}
        hint={canChangeOpensAtLogin ? undefined : t("windows.setup.opensAtLoginFixed")}
        checked={opensAtLogin}
        isDisabled={!canChangeOpensAtLogin}
        onChange={(checked) => save(ask("set-opens-at-login", checked))}
      />
      <div className={classes.secrets}>
        <h3>{t("windows.setup.secrets")}</h3>
        <p>{t(`windows.setup.secretsKept.${secretsKept}`)}</p>
      </div>
      <NoticeLine notice={notice} />
    </Card>
  );
}
