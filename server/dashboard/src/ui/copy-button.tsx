import "@mantine/core/styles/Tooltip.css";
import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";
import { useWords } from "../i18n/words.tsx";

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useWords();
  const { copied, copy } = useClipboard({ timeout: 2_000 });
  const words = copied ? t("shell.action.copied") : label;
  return (
    <Tooltip label={words}>
      <ActionIcon
        variant="subtle"
        color={copied ? "green" : "gray"}
        aria-label={words}
        onClick={() => copy(text)}
      >
        {copied ? <Check size={16} /> : <Copy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
