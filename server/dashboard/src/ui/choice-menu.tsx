import { Popover, TextInput, UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useWords } from "../i18n/words.tsx";
import classes from "./choice-menu.module.css";
import { TickBox } from "./tick-box.tsx";

type ChoiceMenuProps = {
  label: string;
  choices: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

const SEARCH_FROM = 9;

/** A button that opens a list of boxes to tick; it says what is chosen. */
export function ChoiceMenu({ label, choices, chosen, onChange }: ChoiceMenuProps) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(text.trim().toLowerCase()));
  const first = choices.find(({ value }) => value === chosen[0])?.label ?? chosen[0];
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Popover position="bottom-start" trapFocus returnFocus onClose={() => setText("")}>
      <Popover.Target>
        <UnstyledButton className={classes.button} data-chosen={chosen.length > 0 || undefined}>
          <span className={classes.label}>
            {label}
            {chosen.length > 0 && (
              <>
                {": "}
                <bdi>{first}</bdi>
              </>
            )}
          </span>
          {chosen.length > 1 && <span className={classes.count}>+{chosen.length - 1}</span>}
          <ChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.list} aria-label={label}>
        {choices.length >= SEARCH_FROM && (
          <TextInput
            size="xs"
            aria-label={t("fleet.filter.find")}
            placeholder={t("fleet.filter.find")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <div className={classes.choices}>
          {shown.map((choice) => (
            <label key={choice.value} className={classes.choice}>
              <TickBox isTicked={chosen.includes(choice.value)} onChange={() => toggle(choice.value)} />
              <bdi>{choice.label}</bdi>
            </label>
          ))}
        </div>
        {shown.length === 0 && <p className={classes.nothing}>{t("fleet.filter.none")}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
