import { Button, Textarea } from "@mantine/core";
import { useTranslations } from "../../i18n/translations.tsx";
import { useRelativeTime } from "../relative-time.tsx";
import { StateIcon } from "../state-icon.tsx";
import classes from "./drafts.module.css";
import type { EditConflict } from "./use-edit-form.ts";

export type ConflictPanelProps<Values> = {
  conflict: EditConflict<Values> | null;
  /** The label of a field, and a value of it as text. */
  describe: { [Name in keyof Values & string]: { label: string; textOf: (value: Values[Name]) => string } };
};

/** Compares what the user entered with what somebody else saved in the meantime. */
export function ConflictPanel<Values>({ conflict, describe }: ConflictPanelProps<Values>) {
  const { t } = useTranslations();
  const time = useRelativeTime(conflict?.updatedAt ?? null);
  if (!conflict) return null;
  const { updatedBy: name, fields, takeTheirs, keepMine } = conflict;
  return (
    <section className={classes.conflict} aria-label={t("shell.conflict.label")}>
      <div role="alert">
        <p className={classes.title}>
          <StateIcon state="warn" size={14} isDecorative />
          <span>
            {name === null ? t("shell.conflict.changed") : t("shell.conflict.changedBy", { name, time })}
          </span>
        </p>
        <p className={classes.hint}>{t("shell.conflict.hint")}</p>
      </div>
      {fields.map(({ name: field, yours, theirs }) => {
        const { label, textOf } = describe[field];
        return (
          <fieldset key={field} className={classes.field}>
            <legend>{label}</legend>
            <Version label={t("shell.conflict.yours")} text={textOf(yours)} />
            <Version label={t("shell.conflict.theirs")} text={textOf(theirs)} />
          </fieldset>
        );
      })}
      <div className={classes.buttons}>
        <Button variant="default" onClick={takeTheirs}>
          {t("shell.conflict.takeTheirs")}
        </Button>
        <Button variant="default" onClick={keepMine}>
          {t("shell.conflict.keepMine")}
        </Button>
      </div>
    </section>
  );
}

/** A field, so that its text can be selected and copied with the keyboard as well. */
function Version({ label, text }: { label: string; text: string }) {
  const { t } = useTranslations();
  return (
    <Textarea
      readOnly
      autosize
      minRows={1}
      maxRows={10}
      label={label}
      placeholder={t("shell.conflict.empty")}
      value={text}
    />
  );
}
