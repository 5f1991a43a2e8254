import { ActionIcon, TextInput } from "@mantine/core";
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import classes from "./search-field.module.css";

const TYPING_MS = 200;

/** The search of the fleet page, reached by "/"; Enter goes on to the list. */
export function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useShortcuts({ "/": () => field.current?.focus() });
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      ref={field}
      className={classes.search}
      type="search"
      size="sm"
      aria-label={t("fleet.filter.search")}
      aria-keyshortcuts="/"
      placeholder={`${t("fleet.filter.searchPlaceholder")}  /`}
      maxLength={200}
      leftSection={<Search size={16} />}
      rightSection={
        text !== "" && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("fleet.filter.clearSearch")}
            onClick={() => setText("")}
          >
            <X size={14} />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") setText("");
        if (event.key === "Enter" || event.key === "ArrowDown")
          document.getElementById("device-grid")?.focus();
      }}
    />
  );
}
