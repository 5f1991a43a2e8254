import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { MessageState } from "../ui/message-state.tsx";
import type { Reading } from "./use-reading.ts";
import { useWords } from "./words.ts";

/** What was read; until then that it is being read, or that it could not be, with another try. */
export function ReadingBody<Value>({
  reading,
  children,
}: {
  reading: Reading<Value>;
  children: (value: Value) => ReactNode;
}) {
  const { t } = useWords();
  const { value, status, read } = reading;
  if (value !== null) return children(value);
  if (status !== "failed") return <MessageState title={t("windows.frame.loading")} />;
  return (
    <MessageState title={t("windows.frame.unread")}>
      <Button onClick={read}>{t("windows.frame.retry")}</Button>
    </MessageState>
  );
}
