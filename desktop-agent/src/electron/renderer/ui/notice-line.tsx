import type { Notice } from "../frame/use-wish.ts";
import classes from "./notice-line.module.css";

/** What came of the person's last wish. It is there from the start, so that a screen reader hears it filled. */
export function NoticeLine({ notice }: { notice: Notice | null }) {
  return (
    <p className={classes.notice} data-kind={notice?.kind} role="status">
      {notice?.text}
    </p>
  );
}
