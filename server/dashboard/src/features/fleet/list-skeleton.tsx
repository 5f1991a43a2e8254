import { useWords } from "../../i18n/words.tsx";
import classes from "./list-skeleton.module.css";

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Stands for the rows during the first load only. */
export function ListSkeleton() {
  const { t } = useWords();
  return (
    <div className={classes.skeleton} role="status" aria-label={t("shell.state.loading")}>
      {ROWS.map((row) => (
        <i key={row} />
      ))}
    </div>
  );
}
