import "../../ui/mantine-dialog-styles.ts";
import { Button, Select, Textarea } from "@mantine/core";
import type { AlarmAction, AlarmBulkResult } from "@muster/shared/contracts/alarm-change.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { AlarmRefusals } from "./alarm-refusals.tsx";
import type { AlarmTargets, DialogVerb } from "./alarm-verb.ts";
import { useTimeField } from "./time-field.tsx";
import { useAlarmActions } from "./use-alarm-actions.tsx";
import { useAssignees } from "./use-assignees.ts";

type AlarmDialogProps = {
  verb: DialogVerb;
  targets: AlarmTargets;
  /** What an alarm that was not changed is called. */
  nameOf: (id: string) => string;
  onDone: () => void;
  onClose: () => void;
};

const MAX_NOTE = 2_000;

/** Asks for what an act on alarms needs, says what it does, and shows which alarms were not changed. */
export function AlarmDialog({ verb, targets, nameOf, onDone, onClose }: AlarmDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { act } = useAlarmActions();
  // The rows behind the dialog keep changing; what it is about must not.
  const [{ ids, name }] = useState(targets);
  const [result, setResult] = useState<AlarmBulkResult | null>(null);
  const form = useAlarmForm(verb);
  const request = useMutation({
    mutationFn: (action: AlarmAction) => act(ids, action),
    onSuccess: (answer) => (answer.refused.length === 0 ? onDone() : setResult(answer)),
  });
  const title = `${t(`alarmPages.verb.${verb}`)}: ${name ?? t("alarmPages.dialog.target", { count: ids.length })}`;
  return (
    <Dialog title={title} onClose={result ? onDone : onClose}>
      {result ? (
        <AlarmRefusals result={result} nameOf={nameOf} onClose={onDone} />
      ) : (
        <DialogForm
          failure={request.error ? failureText(request.error) : null}
          onSubmit={() => {
            const action = form.actionOf(Date.now());
            if (action) request.mutate(action);
          }}
          onCancel={onClose}
          submit={
            <Button type="submit" loading={request.isPending}>
              {t(`alarmPages.verb.${verb}`)}
            </Button>
          }
        >
          <p style={{ margin: 0 }}>{t(`alarmPages.dialog.${verb}`)}</p>
          {form.fields}
        </DialogForm>
      )}
    </Dialog>
  );
}

/** What was filled in, and the act that it makes; null while something is missing. */
function useAlarmForm(verb: DialogVerb) {
  const { t } = useTranslations();
  const { user } = useSession();
  const [note, setNote] = useState("");
  const [userId, setUserId] = useState<string | null>(user.id);
  const time = useTimeField({ first: verb === "snooze" ? "4" : "always" });
  const hasTime = verb === "snooze" || verb === "acknowledge";

  function actionOf(nowMs: number): AlarmAction | null {
    const noted = note.trim() === "" ? {} : { note };
    const until = hasTime ? time.read(nowMs) : undefined;
    if (until === null) return null;
    switch (verb) {
      case "acknowledge":
        return { kind: verb, ...noted, ...(until !== undefined && { until }) };
      case "snooze":
        return until === undefined ? null : { kind: verb, until, ...noted };
      case "assign":
        return { kind: verb, userId };
      case "comment":
        return note.trim() === "" ? null : { kind: verb, note };
      case "resolve":
        return { kind: verb, ...noted };
    }
  }
  const fields = (
    <>
      {hasTime && time.field}
      {verb === "assign" ? (
        <AssigneeField userId={userId} onChange={setUserId} />
      ) : (
        <Textarea
          label={t(verb === "comment" ? "alarmPages.dialog.commentField" : "alarmPages.dialog.note")}
          required={verb === "comment"}
          {...(verb === "comment" && { "data-autofocus": true })}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={MAX_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
    </>
  );
  return { actionOf, fields };
}

const NOBODY = "nobody";

function AssigneeField({
  userId,
  onChange,
}: {
  userId: string | null;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslations();
  const { user } = useSession();
  const others = useAssignees().filter(({ id }) => id !== user.id);
  return (
    <Select
      label={t("alarmPages.dialog.user")}
      data={[
        { value: user.id, label: t("alarmPages.dialog.me", { name: user.name }) },
        { value: NOBODY, label: t("alarmPages.dialog.nobody") },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      searchable={others.length > 6}
      allowDeselect={false}
      value={userId ?? NOBODY}
      onChange={(chosen) => onChange(chosen === NOBODY ? null : chosen)}
    />
  );
}
