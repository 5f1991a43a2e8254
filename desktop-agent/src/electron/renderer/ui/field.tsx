import { type ReactNode, useId } from "react";
import classes from "./field.module.css";

type Naming = { id: string; "aria-invalid": boolean; "aria-describedby": string };

type FieldProps = {
  label: string;
  hint?: string;
  problem?: string | null;
  children: (naming: Naming) => ReactNode;
};

/** An input with its label, hint and error. */
export function Field({ label, hint, problem = null, children }: FieldProps) {
  const id = useId();
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": problem !== null, "aria-describedby": `${id}-hint ${id}-problem` })}
      {hint && (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
      <p id={`${id}-problem`} className={classes.problem}>
        {problem}
      </p>
    </div>
  );
}
