import { useId } from "react";
import classes from "./field.module.css";

type CheckFieldProps = {
  label: string;
  hint?: string | undefined;
  checked: boolean;
  isDisabled?: boolean;
  onChange: (checked: boolean) => void;
};

/** A check box with a label and a hint. */
export function CheckField({ label, hint, checked, isDisabled = false, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={classes.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={isDisabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className={classes.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
