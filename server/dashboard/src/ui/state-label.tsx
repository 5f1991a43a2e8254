import type { ReactNode } from "react";
import { StateIcon, type StateName } from "./state-icon.tsx";
import classes from "./state-label.module.css";

/** A state's icon with its label. */
export function StateLabel({ state, children }: { state: StateName; children: ReactNode }) {
  return (
    <span className={classes.word}>
      <StateIcon state={state} size={12} isDecorative />
      {children}
    </span>
  );
}
