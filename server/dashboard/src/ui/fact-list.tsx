import type { ReactNode } from "react";
import classes from "./fact-list.module.css";

export type Fact = { name: string; value: ReactNode };

/** Names and values; a fact without a value is left out. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== "")
        .map(({ name, value }, index) => (
          <div key={`${index}-${name}`}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? <bdi>{value}</bdi> : value}</dd>
          </div>
        ))}
    </dl>
  );
}
