import type { ReactNode } from "react";
import classes from "./message-state.module.css";

/** Says why there is nothing to see, and what to do about it. */
export function MessageState({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <div className={classes.state}>
      <p className={classes.title}>{title}</p>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
    </div>
  );
}
