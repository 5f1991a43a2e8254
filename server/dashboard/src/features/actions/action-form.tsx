import { Button, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { NewActions } from "@muster/shared/contracts/action.ts";
import { useMemo, useRef, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { DraftLine } from "../../ui/drafts/draft-line.tsx";
import { useDraft } from "../../ui/drafts/use-draft.ts";
import { plainName } from "../../ui/plain-name.ts";
import {
  type Confirmation,
  isConfirmed,
  MANY_DEVICES,
  TypedConfirmation,
} from "../../ui/typed-confirmation.tsx";
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
        {confirmation && (
          <TypedConfirmation
            confirmation={confirmation}
            hint={
              confirmation.kind === "count"
                ? t("actions.dialog.countHint")
                : t("actions.dialog.nameHint", { name: confirmation.name })
            }
            typed={typed}
            onType={setTyped}
          />
        )}
      </DialogForm>
    </div>
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

const CRITICAL_TAG = "critical";

/** Ten devices or more ask for their count, and so do several that are tagged critical; one of these asks for its name. */
export function confirmationFor(
  devices: readonly Pick<ActionTarget, "name" | "tags">[],
): Confirmation | null {
  const critical = devices.filter(({ tags }) => tags.some((tag) => tag.toLowerCase() === CRITICAL_TAG));
  const [only] = critical;
  if (devices.length >= MANY_DEVICES || critical.length > 1) return { kind: "count", count: devices.length };
  return only ? { kind: "name", name: plainName(only.name) } : null;
}
