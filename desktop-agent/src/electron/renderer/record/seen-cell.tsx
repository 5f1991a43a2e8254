import type { DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import { useWords } from "../frame/words.ts";
import classes from "./seen-cell.module.css";
import { seenValue } from "./seen-value.ts";

/** A value, or each entry of a list with its lines. */
export function SeenCell({ item }: { item: DisclosedItem }) {
  const value = seenValue(item, useWords());
  if (typeof value === "string") {
    return (
      <div className={classes.text} dir="auto">
        {value}
      </div>
    );
  }
  return (
    <ul className={classes.list}>
      {value.map(({ name, lines }, index) => (
        <li key={index} dir="auto">
          {name}
          {lines.map((line, number) => (
            <span key={number} className={classes.line} dir="auto">
              {line}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
