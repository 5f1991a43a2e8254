import type { Notice } from "../frame/use-request.ts";
import classes from "./notice-line.module.css";

/** The result of the user's last request. The element always exists, so that screen readers announce its text. */
export function NoticeLine({ notice }: { notice: Notice | null }) {
  return (
    <p className={classes.notice} data-kind={notice?.kind} role="status">
      {notice?.text}
    </p>
  );
}
