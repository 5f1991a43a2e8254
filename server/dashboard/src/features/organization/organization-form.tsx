import { Button, Checkbox, TextInput } from "@mantine/core";
import type { Organization, OrganizationChange } from "@muster/shared/contracts/identity.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import "../../ui/mantine-dialog-styles.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./organization-form.module.css";
import { PauseLimitField } from "./pause-limit-field.tsx";

const MINUTE_S = 60;

/** What holds for every device; below the role admin it can only be read. */
export function OrganizationForm({ organization }: { organization: Organization }) {
  const { t } = useWords();
  const formats = useFormats();
  const { may } = useSession();
  const failureText = useFailureText();
  const { say } = useToasts();
  const queryClient = useQueryClient();
  const [name, setName] = useState(organization.name ?? "");
  const [interval, setInterval] = useState(String(organization.reportIntervalS));
  const [offlineMinutes, setOfflineMinutes] = useState(String(organization.offlineAfterS / MINUTE_S));
  const [hasStatusPage, setHasStatusPage] = useState(organization.hasStatusPage);
  const [longestPauseS, setLongestPauseS] = useState(organization.longestPauseS);
  const save = useMutation({
    mutationFn: (body: OrganizationChange) =>
      callApi("organization", paths.organization, { method: "PATCH", body }),
    onSuccess: (changed) => {
      queryClient.setQueryData(queries.organization().queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: queries.me().queryKey });
      say({ text: t("settings.organization.saved") });
    },
  });
  const facts = [
    { name: t("settings.organization.created"), value: formats.day(organization.createdAt) },
    { name: t("settings.organization.id"), value: organization.id },
  ];
  const { longestPauseS: limitS } = organization;
  const pauseFact = limitS
    ? { name: t("settings.organization.pauseMinutes"), value: formats.oneDigit(limitS / MINUTE_S) }
    : {
        name: t("settings.organization.pause"),
        value: t(`settings.organization.pauseKind.${limitS === null ? "unlimited" : "forbidden"}`),
      };
  if (!may("admin")) {
    return (
      <div className={classes.form}>
        <FactList
          facts={[
            {
              name: t("settings.organization.name"),
              value: organization.name ?? t("shell.organization.unnamed"),
            },
            {
              name: t("settings.organization.reportInterval"),
              value: formats.whole(organization.reportIntervalS),
            },
            {
              name: t("settings.organization.offlineAfter"),
              value: formats.oneDigit(organization.offlineAfterS / MINUTE_S),
            },
            pauseFact,
            {
              name: t("settings.organization.statusPage"),
              value: t(organization.hasStatusPage ? "settings.organization.on" : "settings.organization.off"),
            },
            ...facts,
          ]}
        />
        <p className={classes.note}>{t("settings.organization.readOnly")}</p>
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          name,
          reportIntervalS: Number(interval),
          offlineAfterS: Math.round(Number(offlineMinutes) * MINUTE_S),
          hasStatusPage,
          longestPauseS,
        });
      }}
    >
      <TextInput
        required
        withAsterisk={false}
        label={t("settings.organization.name")}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="number"
        required
        withAsterisk={false}
        min={5}
        max={3_600}
        step={1}
        label={t("settings.organization.reportInterval")}
        description={t("settings.organization.reportIntervalHint")}
        value={interval}
        onChange={(event) => setInterval(event.currentTarget.value)}
      />
      <TextInput
        type="number"
        required
        withAsterisk={false}
        min={1}
        max={1_440}
        step="any"
        label={t("settings.organization.offlineAfter")}
        description={t("settings.organization.offlineAfterHint")}
        value={offlineMinutes}
        onChange={(event) => setOfflineMinutes(event.currentTarget.value)}
      />
      <PauseLimitField value={longestPauseS} onChange={setLongestPauseS} />
      <Checkbox
        label={t("settings.organization.statusPage")}
        description={t("settings.organization.statusPageHint")}
        checked={hasStatusPage}
        onChange={(event) => setHasStatusPage(event.currentTarget.checked)}
      />
      <FormError text={save.error && failureText(save.error)} />
      <Button type="submit" loading={save.isPending} className={classes.save}>
        {t("shell.action.save")}
      </Button>
      <FactList facts={facts} />
    </form>
  );
}
