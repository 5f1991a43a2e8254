import { Button } from "@mantine/core";
import { Lock, SearchX, TriangleAlert, Unplug } from "lucide-react";
import { Component, type ReactNode, useEffect, useEffectEvent } from "react";
import { Link } from "wouter";
import { ApiError } from "../api/api-error.ts";
import { useTranslations } from "../i18n/translations.tsx";
import { MessageState } from "./message-state.tsx";
import { useFailureText } from "./use-failure-text.ts";

const RETRY_MS = 10_000;

type FailureStateProps = { error: unknown; retry: () => void; isPage?: boolean };

/** Why something could not be shown and what can be done about it. Without a connection it tries again automatically. */
export function FailureState({ error, retry, isPage = false }: FailureStateProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const code = error instanceof ApiError ? error.code : "internal";
  useRetry(code === "network", retry);

  if (code === "forbidden") {
    return (
      <MessageState
        icon={<Lock size={26} />}
        title={t("shell.state.forbidden")}
        text={t("shell.state.forbiddenText")}
        isPage={isPage}
      />
    );
  }
  if (code === "not-found") {
    return (
      <MessageState
        icon={<SearchX size={26} />}
        title={t("shell.state.notFound")}
        text={t("shell.state.notFoundHint")}
        isPage={isPage}
      >
        {isPage && (
          <Button component={Link} href="/" variant="default">
            {t("shell.state.toFleet")}
          </Button>
        )}
      </MessageState>
    );
  }
  const isOffline = code === "network";
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <MessageState
      icon={isOffline ? <Unplug size={26} /> : <TriangleAlert size={26} />}
      title={t(isOffline ? "shell.state.offline" : "shell.state.error")}
      text={isOffline ? t("shell.state.offlineHint") : failureText(error)}
      isPage={isPage}
    >
      <Button variant="default" onClick={retry}>
        {t("shell.action.retry")}
      </Button>
      {requestId && <small>{t("shell.state.request", { id: requestId })}</small>}
    </MessageState>
  );
}

function useRetry(isWanted: boolean, retry: () => void): void {
  const again = useEffectEvent(retry);
  useEffect(() => {
    if (!isWanted) return;
    const tryAgain = () => again();
    const timer = setInterval(tryAgain, RETRY_MS);
    globalThis.addEventListener("online", tryAgain);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener("online", tryAgain);
    };
  }, [isWanted]);
}

type ErrorBoundaryProps = { children: ReactNode; resetKey: string };
type ErrorBoundaryState = { isBroken: boolean; resetKey: string };

/** Shows an error instead of a page that crashed and keeps the frame. Another page (`resetKey`) is rendered normally. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { isBroken: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps(
    { resetKey }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): ErrorBoundaryState | null {
    return state.resetKey === resetKey ? null : { isBroken: false, resetKey };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <CrashState /> : this.props.children;
  }
}

function CrashState() {
  const { t } = useTranslations();
  return (
    <MessageState
      icon={<TriangleAlert size={26} />}
      title={t("shell.state.crashed")}
      text={t("shell.state.crashedHint")}
      isPage
    >
      <Button variant="default" onClick={() => location.reload()}>
        {t("shell.state.reload")}
      </Button>
    </MessageState>
  );
}
