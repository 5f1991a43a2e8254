import type { ReactNode } from "react";
import classes from "./message-state.module.css";

/** Explains why there is nothing to show, and what to do. */
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
