import "@mantine/core/styles/Tooltip.css";
import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "../i18n/translations.tsx";

/** Copies a text and confirms it. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslations();
  const { copied, copy } = useClipboard({ timeout: 2_000 });
  const texts = copied ? t("shell.action.copied") : label;
  return (
    <Tooltip label={texts}>
      <ActionIcon
        variant="subtle"
        color={copied ? "green" : "gray"}
        aria-label={texts}
        onClick={() => copy(text)}
      >
        {copied ? <Check size={16} /> : <Copy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
