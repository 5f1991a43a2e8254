import { type KeyboardEvent, useId } from "react";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { LOG_LEVELS, type LogLevel } from "./log-line.ts";
import type { LogMatches } from "./log-search.ts";
import classes from "./log-tools.module.css";

type LogToolsProps = {
  least: LogLevel;
  query: string;
  matches: LogMatches;
  onLeast: (least: LogLevel) => void;
  onSearch: (query: string) => void;
  onStep: (by: 1 | -1) => void;
};

/** The level filter and the search. Enter goes to the previous match, as a log is read from its end, Shift+Enter to the next. */
export function LogTools({ least, query, matches, onLeast, onSearch, onStep }: LogToolsProps) {
  const { t } = useTranslations();
  const levelId = useId();

  function stepOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === "Enter") onStep(event.shiftKey ? 1 : -1);
    // Esc clears the field first, and closes the window only when the field is empty.
    if (event.key === "Escape" && query !== "") {
      event.preventDefault();
      onSearch("");
    }
  }

  return (
    <search className={classes.tools}>
      <div className={classes.row}>
        <input
          type="search"
          className={classes.search}
          value={query}
          maxLength={200}
          spellCheck={false}
          aria-label={t("windows.log.search")}
          placeholder={t("windows.log.search")}
          title={t("windows.log.inLoaded")}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={stepOnEnter}
        />
        <Button aria-label={t("windows.log.previous")} onClick={() => onStep(-1)} className={classes.step}>
          <Chevron points="4,10 8,6 12,10" />
        </Button>
        <Button aria-label={t("windows.log.next")} onClick={() => onStep(1)} className={classes.step}>
          <Chevron points="4,6 8,10 12,6" />
        </Button>
      </div>
      <div className={classes.row}>
        <label htmlFor={levelId}>{t("windows.log.level")}</label>
        <select
          id={levelId}
          value={least}
          onChange={(event) => onLeast(LOG_LEVELS.find((level) => level === event.target.value) ?? "debug")}
        >
          {LOG_LEVELS.map((level) => (
            <option key={level} value={level}>
              {t(`windows.log.levels.${level}`)}
            </option>
          ))}
        </select>
        <output className={classes.count}>{query !== "" && <MatchCount matches={matches} />}</output>
      </div>
    </search>
  );
}

function Chevron({ points }: { points: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

function MatchCount({ matches: { indexes, present } }: { matches: LogMatches }) {
  const { t } = useTranslations();
  const count = indexes.length;
  if (count === 0) return t("windows.log.noMatch");
  if (present < 0) return t("windows.log.matches", { count });
  return t("windows.log.match", { number: present + 1, count });
}
