import { CloseButton, Loader } from "@mantine/core";
import { CircleCheck, OctagonAlert } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useTranslations } from "../i18n/translations.tsx";
import classes from "./toasts.module.css";

type ToastTone = "done" | "failure" | "busy";
type Toast = {
  text: string;
  /** "done" by default. */
  tone?: ToastTone;
  action?: ReactNode;
  /** A toast with the same key is replaced. */
  key?: string;
  /** Stays until it is replaced or closed. */
  isLasting?: boolean;
  /** How long it stays; by its tone when left out. */
  shownMs?: number;
  /** A user closed it. */
  onClose?: () => void;
};
type Toasts = { showToast: (toast: Toast) => void; removeToast: (key: string) => void };

const SHOWN_MS = 6_000;
const FAILURE_SHOWN_MS = 15_000;
const MAX_TOASTS = 4;

const ToastContext = createContext<Toasts | null>(null);

/** Short notices of what just happened, announced politely; failures stay longer than successes. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslations();
  const [shown, setShown] = useState<readonly (Toast & { key: string })[]>([]);
  const nextKey = useRef(1);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const removeToast = useCallback((key: string) => {
    clearTimeout(timers.current.get(key));
    timers.current.delete(key);
    setShown((toasts) => toasts.filter((toast) => toast.key !== key));
  }, []);
  const toasts = useMemo<Toasts>(
    () => ({
      removeToast,
      showToast(toast) {
        const key = toast.key ?? `toast-${nextKey.current++}`;
        const next = { ...toast, key };
        setShown((before) =>
          before.some((one) => one.key === key)
            ? before.map((one) => (one.key === key ? next : one))
            : [...before.slice(1 - MAX_TOASTS), next],
        );
        clearTimeout(timers.current.get(key));
        if (toast.isLasting) return;
        const ms = toast.shownMs ?? (toast.tone === "failure" ? FAILURE_SHOWN_MS : SHOWN_MS);
        timers.current.set(
          key,
          setTimeout(() => removeToast(key), ms),
        );
      },
    }),
    [removeToast],
  );
  return (
    <ToastContext value={toasts}>
      {children}
      <div className={classes.toasts} role="status" aria-live="polite">
        {shown.map(({ key, text, tone = "done", action, onClose }) => (
          <div key={key} className={classes.toast} data-tone={tone}>
            <ToneIcon tone={tone} />
            <span className={classes.text}>
              <bdi>{text}</bdi>
            </span>
            {action}
            <CloseButton
              size="sm"
              aria-label={t("shell.action.close")}
              onClick={() => {
                removeToast(key);
                onClose?.();
              }}
            />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

function ToneIcon({ tone }: { tone: ToastTone }) {
  switch (tone) {
    case "busy":
      return <Loader size={18} aria-hidden="true" />;
    case "failure":
      return <OctagonAlert size={18} aria-hidden="true" />;
    case "done":
      return <CircleCheck size={18} aria-hidden="true" />;
  }
}

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("useToasts is only for pages inside ToastProvider");
  return toasts;
}
