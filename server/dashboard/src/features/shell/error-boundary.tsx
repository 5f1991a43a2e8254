import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { MessageState } from "../../ui/message-state.tsx";

type ErrorBoundaryProps = { children: ReactNode; resetKey: string };

/** Keeps a page that broke from taking the frame with it; another page (`resetKey`) is tried afresh. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (this.state.isBroken && before.resetKey !== this.props.resetKey) this.setState({ isBroken: false });
  }

  override render(): ReactNode {
    return this.state.isBroken ? <CrashState /> : this.props.children;
  }
}

function CrashState() {
  const { t } = useTranslation();
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
