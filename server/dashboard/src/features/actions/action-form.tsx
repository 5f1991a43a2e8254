import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { NewActions } from "@muster/shared/contracts/action.ts";
import { useMemo, useRef, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { DraftLine } from "../../ui/drafts/draft-line.tsx";
import { useDraft } from "../../ui/drafts/use-draft.ts";
import { plainName } from "../../ui/plain-name.ts";
import { type OfferedAction, useActionTexts } from "./action-catalog.ts";
import { ActionFieldInput } from "./action-field-input.tsx";
import { fieldsOf } from "./action-field.ts";
import { initialValues, readPayload } from "./action-payload.ts";
import { type Matching, targetsOf } from "../fleet/selection-targets.ts";
import { type ActionTarget, ActionTargetLine, LoggedInLine } from "./action-target.tsx";

type ActionFormProps = {
  action: OfferedAction;
  devices: readonly ActionTarget[];
  matching: Matching | null;
  payload: Record<string, unknown> | undefined;
  /** Under which its draft is kept; null for none. */
  draftObject: string | null;
  isPending: boolean;
  failure: string | null;
  onSubmit: (request: NewActions) => void;
  onCancel: () => void;
};

/** The fields of one action, made from its payload schema. */
export function ActionForm(props: ActionFormProps) {
  const { action, devices, matching, onSubmit } = props;
  const { type, definition } = action;
  const { t, formats } = useTranslations();
  const textsOf = useActionTexts();
  const texts = useMemo(() => textsOf(type), [textsOf, type]);
  const fields = useMemo(() => fieldsOf(definition.payload, texts.payload), [definition, texts]);
  const initial = useMemo(() => ({ ...initialValues(fields, props.payload) }), [fields, props.payload]);
  const draft = useDraft({ object: props.draftObject, initialValues: initial });
  const form = useForm({
    initialValues: draft.start.values,
    onValuesChange: (values) => draft.keep(values, initial),
  });
  const [validForS, setValidForS] = useState(definition.validForS);
  const [typed, setTyped] = useState("");
  const element = useRef<HTMLDivElement>(null);
  const confirmation: Confirmation | null =
    matching === null ? confirmationFor(devices) : { kind: "count", count: matching.count };
  const isSure = isConfirmed(confirmation, typed);

  function submit() {
    const reading = readPayload(definition.payload, fields, form.getValues());
    if ("payload" in reading) {
      const targets = targetsOf(
        devices.map(({ id }) => id),
        matching,
      );
      if (isSure) onSubmit({ ...targets, type, payload: reading.payload, validForS });
      return;
    }
    const problems = [...reading.problems].map(([name, { kind, limit }]) => [
      name,
      t(`actions.problem.${kind}`, { limit: formats.whole(limit) }),
    ]);
    form.setErrors(Object.fromEntries(problems));
    const [first = ""] = reading.problems.keys();
    element.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus();
  }

  return (
    <div ref={element}>
      <DialogForm
        failure={props.failure}
        onSubmit={submit}
        onCancel={() => {
          draft.discard();
          props.onCancel();
        }}
        submit={
          <Button
            type="submit"
            color={definition.impact === "work" ? "critical" : "accent"}
            disabled={!isSure}
            loading={props.isPending}
          >
            {texts.label}
          </Button>
        }
      >
        <DraftLine
          draft={{
            isRestored: draft.isRestored,
            discard() {
              form.setValues(initial);
              draft.discard();
            },
          }}
        />
        {matching === null ? (
          <ActionTargetLine devices={devices} />
        ) : (
          <strong>{t("fleet.selection.matching", { count: matching.count })}</strong>
        )}
        {definition.impact !== "none" && matching === null && <LoggedInLine devices={devices} />}
        {fields.map((field, index) => (
          <ActionFieldInput
            key={field.name}
            field={field}
            isFirst={index === 0}
            inputProps={form.getInputProps(field.name, {
              type: field.kind === "switch" ? "checkbox" : "input",
            })}
          />
        ))}
        <Select
          label={t("actions.dialog.validFor")}
          description={t("actions.dialog.validHint")}
          data={validityChoices(definition.validForS).map((spanS) => ({
            value: String(spanS),
            label: formats.duration(spanS * 1_000),
          }))}
          value={String(validForS)}
          onChange={(value) => setValidForS(Number(value ?? definition.validForS))}
        />
        {confirmation && <ConfirmationField confirmation={confirmation} typed={typed} onType={setTyped} />}
      </DialogForm>
    </div>
  );
}

type ConfirmationFieldProps = { confirmation: Confirmation; typed: string; onType: (typed: string) => void };

/** What has to be typed first, so that many devices or an important one are not hit by a slip. */
function ConfirmationField({ confirmation, typed, onType }: ConfirmationFieldProps) {
  const { t } = useTranslations();
  const isCount = confirmation.kind === "count";
  return (
    <TextInput
      label={isCount ? t("actions.dialog.count", { count: confirmation.count }) : t("actions.dialog.name")}
      description={
        isCount ? (
          t("actions.dialog.countHint")
        ) : (
          <bdi>{t("actions.dialog.nameHint", { name: confirmation.name })}</bdi>
        )
      }
      inputMode={isCount ? "numeric" : "text"}
      autoComplete="off"
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const DEFAULT_SPANS_S = [10 * MINUTE_S, HOUR_S, 8 * HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S] as const;

/** Spans of validity to choose from, in seconds, rising; the action's own is always among them. */
function validityChoices(ownS: number): number[] {
  return [...new Set([...DEFAULT_SPANS_S, ownS])].toSorted((one, other) => one - other);
}

/** What a person types before an action is asked for: how many devices it hits, or the name of the one that matters. */
type Confirmation = { kind: "count"; count: number } | { kind: "name"; name: string };

const MANY = 10;
const CRITICAL_TAG = "critical";

/** Ten devices or more ask for their count, and so do several that are tagged critical; one of these asks for its name. */
export function confirmationFor(
  devices: readonly Pick<ActionTarget, "name" | "tags">[],
): Confirmation | null {
  const critical = devices.filter(({ tags }) => tags.some((tag) => tag.toLowerCase() === CRITICAL_TAG));
  const [only] = critical;
  if (devices.length >= MANY || critical.length > 1) return { kind: "count", count: devices.length };
  return only ? { kind: "name", name: plainName(only.name) } : null;
}

export function isConfirmed(confirmation: Confirmation | null, typed: string): boolean {
  if (confirmation === null) return true;
  const wanted = confirmation.kind === "count" ? String(confirmation.count) : confirmation.name.trim();
  return typed.trim() === wanted;
}
