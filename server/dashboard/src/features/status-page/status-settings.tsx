import { Button, Switch, Textarea, TextInput } from "@mantine/core";
import type { PublicStatus, StatusPageSettings } from "@muster/shared/contracts/status-page.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConflictPanel, type ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftLine } from "../../ui/drafts/draft-line.tsx";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { FormError } from "../../ui/form-error.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { ComponentList } from "./component-list.tsx";
import { formOf, problemOf, type StatusForm, toChange } from "./status-form.ts";
import classes from "./status-page.module.css";
import { statusQueries, useRefreshStatus } from "./use-status-page.ts";

/** What the page says, and whether visitors reach it. */
export function StatusSettings({ settings }: { settings: StatusPageSettings }) {
  const { t } = useTranslations();
  const preview = useQuery(statusQueries.preview());
  const edit = useStatusForm(settings);
  const describe = useConflictTexts();
  const [showsProblems, setShowsProblems] = useState(false);
  const { form } = edit;
  const { components } = form.getValues();
  const isComplete = components.every((component) => problemOf(component, components) === null);
  const status: PublicStatus | undefined = preview.data;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShowsProblems(!isComplete);
        if (isComplete) edit.submit();
      }}
    >
      <DraftLine draft={edit.draft} />
      <Switch
        label={t("statusPage.enabled")}
        description={t("statusPage.enabledHint")}
        {...form.getInputProps("isEnabled", { type: "checkbox" })}
      />
      <TextInput label={t("statusPage.pageTitle")} maxLength={80} {...form.getInputProps("title")} />
      <Textarea
        label={t("statusPage.introText")}
        description={t("statusPage.introHint")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1_000}
        {...form.getInputProps("intro")}
      />
      <ComponentList
        components={components}
        showsProblems={showsProblems}
        error={form.errors["components"]}
        status={status}
        onChange={(changed) => form.setFieldValue("components", changed)}
      />
      <ConflictPanel conflict={edit.conflict} describe={describe} />
      <FormError text={edit.failure} />
      <Button
        type="submit"
        className={classes.start}
        disabled={edit.conflict !== null}
        loading={edit.isPending}
      >
        {t("shell.action.save")}
      </Button>
    </form>
  );
}

function useStatusForm(settings: StatusPageSettings) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const refresh = useRefreshStatus();
  return useEditForm<StatusForm, StatusPageSettings>({
    object: "status-page",
    resource: settings,
    valuesOf: formOf,
    reload: () => queryClient.fetchQuery({ ...statusQueries.settings(), staleTime: 0 }),
    send: (form, { version }) =>
      callApi("statusPage", paths.statusPage, { method: "PATCH", ifMatch: version, body: toChange(form) }),
    onDone: (saved) => {
      queryClient.setQueryData(statusQueries.settings().queryKey, saved);
      void refresh();
      showToast({ text: t(saved.isEnabled ? "statusPage.savedOn" : "statusPage.savedOff") });
    },
  });
}

function useConflictTexts(): ConflictPanelProps<StatusForm>["describe"] {
  const { t } = useTranslations();
  const textOf = (text: string) => text;
  return {
    isEnabled: {
      label: t("statusPage.enabled"),
      textOf: (isOn) => t(isOn ? "statusPage.on" : "statusPage.off"),
    },
    title: { label: t("statusPage.pageTitle"), textOf },
    intro: { label: t("statusPage.introText"), textOf },
    components: {
      label: t("statusPage.components"),
      textOf: (components) => components.map(({ name }) => name).join("\n"),
    },
  };
}
