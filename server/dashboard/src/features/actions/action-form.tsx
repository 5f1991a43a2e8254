import { Button, Select } from "@mantine/core";
import type { NewActions } from "@muster/shared/contracts/action.ts";
import { useMemo, useRef, useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import type { OfferedAction } from "./action-catalog.ts";
import { fieldsOf } from "./action-field.ts";
import { ActionFieldInput } from "./action-field-input.tsx";
import { type FieldProblem, initialValues, readPayload } from "./action-payload.ts";
import { ActionTargetLine, LoggedInLine } from "./action-target-line.tsx";
import { confirmationFor, isConfirmed } from "./confirmation.ts";
import { ConfirmationField } from "./confirmation-field.tsx";
import type { ActionTarget } from "./target-summary.ts";
import { useActionWords } from "./use-action-words.ts";
import { validityChoices } from "./validity-choices.ts";

type ActionFormProps = {
  action: OfferedAction;
  devices: readonly ActionTarget[];
  isPending: boolean;
  failure: string | null;
  onSubmit: (request: NewActions) => void;
  onCancel: () => void;
};

const NO_PROBLEM: ReadonlyMap<string, FieldProblem> = new Map();

/** The fields of one action, made from its payload schema. */
export function ActionForm(props: ActionFormProps) {
  const { action, devices, onSubmit } = props;
  const { type, definition } = action;
  const { t, formats } = useWords();
  const wordsOf = useActionWords();
  const words = useMemo(() => wordsOf(type), [wordsOf, type]);
  const fields = useMemo(() => fieldsOf(definition.payload, words.payload), [definition, words]);
  const [values, setValues] = useState(() => initialValues(fields));
  const [problems, setProblems] = useState(NO_PROBLEM);
  const [validForS, setValidForS] = useState(definition.validForS);
  const [typed, setTyped] = useState("");
  const form = useRef<HTMLDivElement>(null);
  const confirmation = confirmationFor(devices);
  const isSure = isConfirmed(confirmation, typed);

  function submit() {
    const reading = readPayload(definition.payload, fields, values);
    if ("problems" in reading) {
      setProblems(reading.problems);
      const [first] = reading.problems.keys();
      form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first ?? "")}"]`)?.focus();
      return;
    }
    if (!isSure) return;
    onSubmit({ type, payload: reading.payload, deviceIds: devices.map(({ id }) => id), validForS });
  }

  return (
    <div ref={form}>
      <DialogForm
        failure={props.failure}
        onSubmit={submit}
        onCancel={props.onCancel}
        submit={
          <Button
            type="submit"
            color={definition.impact === "work" ? "critical" : "accent"}
            disabled={!isSure}
            loading={props.isPending}
          >
            {words.label}
          </Button>
        }
      >
        <ActionTargetLine devices={devices} />
        {definition.impact !== "none" && <LoggedInLine devices={devices} />}
        {fields.map((field, index) => (
          <ActionFieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? field.initial}
            problem={problems.get(field.name)}
            isFirst={index === 0}
            onChange={(value) => {
              setValues({ ...values, [field.name]: value });
              setProblems(new Map([...problems].filter(([name]) => name !== field.name)));
            }}
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
