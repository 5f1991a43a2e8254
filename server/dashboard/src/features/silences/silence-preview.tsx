import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { matchersOf, type SilenceForm } from "./silence-form.ts";
import { MatchList } from "./silence-matches.tsx";
import classes from "./silences.module.css";

/** The open alarms that the form would keep quiet now. */
export function SilencePreview({ form, alarm }: { form: SilenceForm; alarm: Alarm | null }) {
  const { t } = useTranslations();
  const matchers = matchersOf(form, alarm);
  const isComplete =
    form.target !== "matching" || form.scope.kind === "organization" || form.scope.value !== "";
  const preview = useQuery({
    queryKey: ["silences", "preview", matchers],
    queryFn: ({ signal }) =>
      callApi("silenceMatches", paths.silencePreview, { method: "POST", body: matchers, signal }),
    enabled: isComplete,
    retry: false,
    placeholderData: (previous) => previous,
  });
  return (
    <section className={classes.preview} aria-live="polite" aria-label={t("silences.preview")}>
      <strong>{t("silences.preview")}</strong>
      {isComplete && preview.data ? (
        <MatchList matches={preview.data} />
      ) : (
        <span className={classes.dim}>
          {t(preview.error ? "silences.previewFailed" : "silences.previewLater")}
        </span>
      )}
    </section>
  );
}
