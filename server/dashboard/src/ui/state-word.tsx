import type { ReactNode } from "react";
import { StateIcon, type StateName } from "./state-icon.tsx";
import classes from "./state-word.module.css";

/** A state's shape with its word beside it. */
export function StateWord({ state, children }: { state: StateName; children: ReactNode }) {
  return (
    <span className={classes.word}>
      <StateIcon state={state} size={12} isDecorative />
      {children}
    </span>
  );
}
