import { ApiError } from "../api/api-error.ts";
import { useWords } from "../i18n/words.tsx";

/** A failure in the person's words. Details of refused input are the server's, which name the field. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useWords();
  return (error) => {
    if (!(error instanceof ApiError)) return t("shell.error.internal");
    const details = error.details.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    return [t(`shell.error.${error.code}`), ...details].join(" ");
  };
}
