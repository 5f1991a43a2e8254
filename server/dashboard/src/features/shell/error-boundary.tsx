import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { useWords } from "../../i18n/words.tsx";
import { MessageState } from "../../ui/message-state.tsx";

type ErrorBoundaryProps = { children: ReactNode; resetKey: string };
type ErrorBoundaryState = { isBroken: boolean; resetKey: string };

/** Keeps a page that broke from taking the frame with it; another page (`resetKey`) is tried afresh. */
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
  const { t } = useWords();
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
