import { Button } from "@mantine/core";
import { SearchX } from "lucide-react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";

export function NotFoundPage() {
  const { t } = useWords();
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
