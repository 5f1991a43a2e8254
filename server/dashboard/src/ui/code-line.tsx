import classes from "./code-line.module.css";
import { CopyButton } from "./copy-button.tsx";

/** A command to paste elsewhere, with a button that copies it. */
export function CodeLine({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.line}>
      <code dir="ltr">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
