import { Button } from "@mantine/core";
import { SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { MessageState } from "../../ui/message-state.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t("shell.state.notFound"));
  return (
    <MessageState
      icon={<SearchX size={26} />}
      title={t("shell.state.notFound")}
      text={t("shell.state.notFoundHint")}
      isPage
    >
      <Button component={Link} href="/" variant="default">
        {t("shell.state.toFleet")}
      </Button>
    </MessageState>
  );
}
