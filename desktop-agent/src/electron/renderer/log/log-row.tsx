import { memo } from "react";
import { splitAtMatches } from "./log-search.ts";
import classes from "./log-view.module.css";
import type { ShownLine } from "./use-shown-lines.ts";

type LogRowProps = { shown: ShownLine; words: string; isPresent: boolean; heightPx: number };

/** One line, with what matches marked. */
export const LogRow = memo(function LogRow({ shown, words, isPresent, heightPx }: LogRowProps) {
  const parts = splitAtMatches(shown.text, words);
  return (
    <div
      className={classes.row}
      data-number={shown.number}
      data-level={shown.line.level}
      data-present={isPresent}
      style={{ height: heightPx }}
    >
      {parts.map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part))}
    </div>
  );
});
