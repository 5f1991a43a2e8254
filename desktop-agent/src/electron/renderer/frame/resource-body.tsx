import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { MessageState } from "../ui/message-state.tsx";
import type { Resource } from "./use-resource.ts";
import { useTranslations } from "./use-translations.ts";

/** Shows the value of a resource, or that it is loading, or that it failed with a button to retry. */
export function ResourceBody<Value>({
  reading,
  children,
}: {
  reading: Resource<Value>;
  children: (value: Value) => ReactNode;
}) {
  const { t } = useTranslations();
  const { value, status, reload } = reading;
  if (value !== null) return children(value);
  if (status !== "failed") return <MessageState title={t("windows.frame.loading")} />;
  return (
    <MessageState title={t("windows.frame.unread")}>
      <Button onClick={reload}>{t("windows.frame.retry")}</Button>
    </MessageState>
  );
}
