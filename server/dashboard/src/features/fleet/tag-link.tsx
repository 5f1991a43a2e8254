import { Link } from "wouter";
import classes from "../customers/customers.module.css";

/** A tag, which leads to the devices that have it. */
export function TagLink({ tag, isInRow = false }: { tag: string; isInRow?: boolean }) {
  return (
    <Link
      href={`/?${new URLSearchParams({ tag }).toString()}`}
      className={classes.link}
      // In a row the keyboard moves between rows, not between links.
      tabIndex={isInRow ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      <bdi>{tag}</bdi>
    </Link>
  );
}
