import { ApiError } from "../api/api-error.ts";
import { useTranslations } from "../i18n/translations.tsx";

/** A failure as text in the present language. Details of rejected input come from the server and name the field. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useTranslations();
  return (error) => {
    if (!(error instanceof ApiError)) return t("shell.error.internal");
    const details = error.details.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    return [t(`shell.error.${error.code}`), ...details].join(" ");
  };
}
