import { CloseButton } from "@mantine/core";
import { CircleCheck, OctagonAlert } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useWords } from "../i18n/words.tsx";
import classes from "./toasts.module.css";

type Toast = { id: number; text: string; isFailure: boolean; action?: ReactNode };
type Toasts = { say: (toast: { text: string; isFailure?: boolean; action?: ReactNode }) => void };

const SHOWN_MS = 6_000;
const FAILURE_SHOWN_MS = 15_000;

const ToastContext = createContext<Toasts | null>(null);

/** Short words about what has just happened; read out politely, failures longer than successes. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const drop = useCallback(
    (id: number) => setShown((toasts) => toasts.filter((toast) => toast.id !== id)),
    [],
  );
  const toasts = useMemo<Toasts>(
    () => ({
      say({ text, isFailure = false, action }) {
        const id = nextId.current++;
        setShown((before) => [...before.slice(-3), { id, text, isFailure, action }]);
        setTimeout(() => drop(id), isFailure ? FAILURE_SHOWN_MS : SHOWN_MS);
      },
    }),
    [drop],
  );
  return (
    <ToastContext value={toasts}>
      {children}
      <div className={classes.toasts} role="status" aria-live="polite">
        {shown.map(({ id, text, isFailure, action }) => (
          <div key={id} className={classes.toast} data-failure={isFailure || undefined}>
            {isFailure ? (
              <OctagonAlert size={18} aria-hidden="true" />
            ) : (
              <CircleCheck size={18} aria-hidden="true" />
            )}
            <span className={classes.text}>{text}</span>
            {action}
            <CloseButton size="sm" aria-label={t("shell.action.close")} onClick={() => drop(id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("useToasts is only for pages inside ToastProvider");
  return toasts;
}
