import { Popover, TextInput, UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFormats, useTranslations } from "../i18n/translations.tsx";
import choiceMenuClasses from "./choice-menu.module.css";
import classes from "./tick-box.module.css";

type TickBoxProps = {
  isTicked: boolean;
  /** Some of the items that it stands for are ticked. */
  isMixed?: boolean;
  label?: string;
  tabIndex?: number;
  onChange: () => void;
};

/** A checkbox light enough for thousands of rows. Without a label it stands inside one. */
export function TickBox({ isTicked, isMixed = false, label, tabIndex, onChange }: TickBoxProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      checked={isTicked}
      aria-label={label}
      tabIndex={tabIndex}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
      onChange={onChange}
    />
  );
}

export type Choice = {
  value: string;
  label: string;
  /** How many items it would give; undefined while that is not known. */
  count?: number | undefined;
};

type ChoiceMenuProps = {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** Searches where the choices come from, for more of them than fit; otherwise the search is among the choices. */
  onSearch?: (text: string) => void;
  onOpen?: () => void;
  onClose?: () => void;
  /** Stands below the choices. */
  note?: ReactNode;
};

const SEARCH_FROM = 9;

/** A button that opens a list of checkboxes and shows what is chosen. */
export function ChoiceMenu(props: ChoiceMenuProps) {
  const { label, choices, chosen, onChange, onSearch, onOpen, onClose, note } = props;
  const { t } = useTranslations();
  const formats = useFormats();
  const [text, setText] = useState("");
  const search = (next: string) => {
    setText(next);
    onSearch?.(next);
  };
  const wanted = onSearch ? "" : text.trim().toLowerCase();
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
  const first = choices.find(({ value }) => value === chosen[0])?.label ?? chosen[0];
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Popover
      position="bottom-start"
      trapFocus
      returnFocus
      {...(onOpen && { onOpen })}
      onClose={() => {
        search("");
        onClose?.();
      }}
    >
      <Popover.Target>
        <UnstyledButton className={choiceMenuClasses.button} data-chosen={chosen.length > 0 || undefined}>
          <span className={choiceMenuClasses.label}>
            {label}
            {chosen.length > 0 && (
              <>
                {": "}
                <bdi>{first}</bdi>
              </>
            )}
          </span>
          {chosen.length > 1 && <span className={choiceMenuClasses.count}>+{chosen.length - 1}</span>}
          <ChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={choiceMenuClasses.list} aria-label={label}>
        {(onSearch || choices.length >= SEARCH_FROM) && (
          <TextInput
            size="xs"
            aria-label={t("fleet.filter.find")}
            placeholder={t("fleet.filter.find")}
            value={text}
            onChange={(event) => search(event.currentTarget.value)}
          />
        )}
        <div className={choiceMenuClasses.choices}>
          {shown.map((choice) => (
            <label
              key={choice.value}
              className={choiceMenuClasses.choice}
              data-empty={choice.count === 0 || undefined}
            >
              <TickBox isTicked={chosen.includes(choice.value)} onChange={() => toggle(choice.value)} />
              <bdi>{choice.label}</bdi>{" "}
              {choice.count !== undefined && (
                <span className={choiceMenuClasses.devices}>{formats.whole(choice.count)}</span>
              )}
            </label>
          ))}
        </div>
        {shown.length === 0 && !note && <p className={choiceMenuClasses.nothing}>{t("fleet.filter.none")}</p>}
        {note && <div className={choiceMenuClasses.note}>{note}</div>}
      </Popover.Dropdown>
    </Popover>
  );
}
