import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import type { LogParts } from "./log-parts.ts";
import classes from "./log-view.module.css";
import type { Log } from "./use-log.ts";

type LogHeadProps = { log: Log; parts: LogParts; isEmpty: boolean; heightPx: number };

/** What lies before the first line: nothing, or earlier lines. */
export function LogHead({ log, parts, isEmpty, heightPx }: LogHeadProps) {
  const { t } = useWords();
  return (
    <div className={classes.head} style={{ height: heightPx }}>
      {parts.chunks.length === 0 && <span>{t("windows.log.empty")}</span>}
      {parts.chunks.length > 0 && parts.isAtBegin && (
        <span>{t(isEmpty ? "windows.log.nothingShown" : "windows.log.begin")}</span>
      )}
      {!parts.isAtBegin &&
        (log.isLoadingEarlier ? (
          <span>{t("windows.log.earlier")}</span>
        ) : (
          <>
            {isEmpty && <span>{t("windows.log.nothingShown")}</span>}
            <Button look="quiet" onClick={log.loadEarlier}>
              {t("windows.log.loadEarlier")}
            </Button>
          </>
        ))}
    </div>
  );
}
