import classes from "./frame.module.css";

/** What is left to say when a window cannot be drawn; in English where not even its texts could be read. */
export function BrokenState({ text }: { text?: string }) {
  return (
    <p className={classes.broken} role="alert">
      {text ?? "This window has stopped working. Close it and open it again."}
    </p>
  );
}
