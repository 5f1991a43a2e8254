import { OctagonAlert } from "lucide-react";
import classes from "./form-error.module.css";

/** What went wrong with a form; screen readers announce it immediately. */
export function FormError({ text }: { text: string | null }) {
  return (
    <div role="alert" className={text === null ? classes.empty : classes.error}>
      {text !== null && (
        <>
          <OctagonAlert size={16} aria-hidden="true" />
          <span>{text}</span>
        </>
      )}
    </div>
  );
}
