import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";
import classes from "./confirm-dialog.module.css";

type ConfirmDialogProps = {
  /** The question, which names what the action affects. */
  title: string;
  confirm: string;
  cancel: string;
  confirmed: () => void;
  /** Called after confirm, cancel and Esc. */
  closed: () => void;
  children?: ReactNode;
};

/** Asks before an action that cannot be undone. Esc cancels, and the cancel button has the initial focus. */
export function ConfirmDialog({ title, confirm, cancel, confirmed, closed, children }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);

  function end(): void {
    dialog.current?.close();
  }
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby={titleId} onClose={closed}>
      <h2 id={titleId}>{title}</h2>
      {children}
      <div className={classes.answers}>
        <Button onClick={end}>{cancel}</Button>
        <Button
          look="danger"
          onClick={() => {
            end();
            confirmed();
          }}
        >
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
