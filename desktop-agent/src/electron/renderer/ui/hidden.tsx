import type { ReactNode } from "react";
import classes from "./hidden.module.css";

/** Read out, not seen. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={classes.hidden}>{children}</span>;
}
