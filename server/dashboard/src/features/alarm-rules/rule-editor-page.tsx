import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import type { AlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Link, useLocation } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConflictPanel } from "../../ui/drafts/conflict-panel.tsx";
import { DraftLine } from "../../ui/drafts/draft-line.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { type EditConflict, useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { FailureState } from "../../ui/failure-state.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { RoleGate } from "../session/session-context.tsx";
import classes from "./rule-editor.module.css";
import { RuleFields } from "./rule-fields.tsx";
import { formOf, newForm, type RuleForm, toChange, toNewRule, typeOf } from "./rule-form.ts";
import { RuleSentence } from "./rule-sentence.tsx";
import { TrialPanel } from "./trial-panel.tsx";
import { ruleQueries, useMayEditRules, useRefreshRules } from "./use-alarm-rules.ts";
import { useConflictTexts } from "./use-conflict-texts.ts";
import { useProblemCheck } from "./use-problem-check.ts";
import { useRuleTexts } from "./rule-texts.ts";

const LIST = "/settings/alarm-rules";

/** Creates a rule (`new`), or shows and changes one. */
export function RuleEditorPage({ id }: { id: string }) {
  return (
    <RoleGate minimumRole={id === "new" ? "admin" : "viewer"} needsWholeOrganization>
      {id === "new" ? <NewRule /> : <KnownRule id={id} />}
    </RoleGate>
  );
}

function KnownRule({ id }: { id: string }) {
  const mayEdit = useMayEditRules();
  const rule = useQuery(ruleQueries.one(id));
  if (rule.error && !rule.data) {
    return <FailureState error={rule.error} retry={() => void rule.refetch()} isPage />;
  }
  if (!rule.data) return null;
  if (mayEdit) return <EditRule rule={rule.data} />;
  return (
    <RuleFrame title={rule.data.name}>
      <RuleSentence rule={rule.data} />
    </RuleFrame>
  );
}

function NewRule() {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const refresh = useRefreshRules();
  const [, navigate] = useLocation();
  const fallbackName = useFallbackName();
  const create = useDraftForm<RuleForm, AlarmRule>({
    object: "alarm-rule:new",
    initialValues: newForm("metric"),
    send: (form) =>
      callApi("alarmRule", paths.alarmRules, {
        method: "POST",
        body: toNewRule(form, fallbackName(form)),
      }),
    onDone: ({ name }) => {
      void refresh();
      showToast({ text: t("alarmRules.created", { name }) });
      navigate(LIST);
    },
  });
  return (
    <RuleFrame title={t("alarmRules.add")}>
      <RuleEditor edit={create} rule={null} submitLabel={t("alarmRules.add")} />
    </RuleFrame>
  );
}

function EditRule({ rule }: { rule: AlarmRule }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const refresh = useRefreshRules();
  const [, navigate] = useLocation();
  const fallbackName = useFallbackName();
  const edit = useEditForm<RuleForm, AlarmRule>({
    object: `alarm-rule:${rule.id}`,
    resource: rule,
    valuesOf: formOf,
    reload: () => queryClient.fetchQuery({ ...ruleQueries.one(rule.id), staleTime: 0 }),
    send: (form, stored) =>
      callApi("alarmRule", paths.alarmRule(stored.id), {
        method: "PATCH",
        body: toChange(form, stored, fallbackName(form)),
        ifMatch: stored.version,
      }),
    onDone: (saved) => {
      queryClient.setQueryData(ruleQueries.one(saved.id).queryKey, saved);
      void refresh();
      showToast({ text: t("alarmRules.saved") });
      navigate(LIST);
    },
  });
  return (
    <RuleFrame title={rule.name}>
      <RuleEditor edit={edit} rule={rule} submitLabel={t("shell.action.save")} />
    </RuleFrame>
  );
}

function RuleFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslations();
  return (
    <SettingsPage
      title={title}
      intro={
        <Link href={LIST} className={classes.back}>
          <ArrowLeft size={16} aria-hidden="true" />
          {t("alarmRules.all")}
        </Link>
      }
    >
      {children}
    </SettingsPage>
  );
}

type RuleEditorProps = {
  edit: Pick<
    ReturnType<typeof useDraftForm<RuleForm, AlarmRule>>,
    "form" | "draft" | "failure" | "isPending"
  > & {
    conflict?: EditConflict<RuleForm> | null;
    submit: () => void;
  };
  /** Null for a new one. */
  rule: AlarmRule | null;
  submitLabel: string;
};

/** The form, and beside it what it says in words and what it would have done. */
function RuleEditor({ edit, rule, submitLabel }: RuleEditorProps) {
  const { t } = useTranslations();
  const [, navigate] = useLocation();
  const element = useRef<HTMLFormElement>(null);
  const describe = useConflictTexts();
  const hasNoProblem = useProblemCheck(edit.form, element);
  const fallbackName = useFallbackName();
  const { conflict = null } = edit;
  const values = edit.form.getValues();
  const draft = toNewRule(values, fallbackName(values));
  return (
    <div className={classes.editor}>
      <form
        ref={element}
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (hasNoProblem()) edit.submit();
        }}
      >
        <DraftLine draft={edit.draft} />
        <RuleFields form={edit.form} isNew={rule === null} />
        <ConflictPanel conflict={conflict} describe={describe} />
        <FormError text={edit.failure} />
        <div className={classes.buttons}>
          <Button type="submit" disabled={conflict !== null} loading={edit.isPending}>
            {submitLabel}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              edit.draft.discard();
              navigate(LIST);
            }}
          >
            {t("shell.action.cancel")}
          </Button>
        </div>
      </form>
      <aside className={classes.side}>
        <RuleSentence rule={draft} />
        <TrialPanel rule={draft} replaces={rule?.id ?? null} check={hasNoProblem} />
      </aside>
    </div>
  );
}

/** The name of a rule that nobody named: its condition. */
function useFallbackName(): (form: RuleForm) => string {
  const { conditionText, typeTexts } = useRuleTexts();
  return (form) => {
    const { type, settings } = toNewRule(form, "");
    return conditionText({ type, settings }) ?? typeTexts(typeOf(form)).label;
  };
}
