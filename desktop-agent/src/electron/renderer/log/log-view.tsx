import { memo, useMemo, useRef } from "react";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { layOut, visibleLines } from "./line-layout.ts";
import type { LogParts } from "./log-parts.ts";
import { splitAtMatches } from "./log-search.ts";
import { HEAD_PX, useLogScrolling } from "./use-log-scrolling.ts";
import type { Log } from "./use-log.ts";
import type { ShownLine } from "./use-shown-lines.ts";
import { usePinnedLines, useViewport } from "./use-viewport.ts";
import classes from "./log-view.module.css";

type LogViewProps = {
  log: Log;
  parts: LogParts;
  shown: readonly ShownLine[];
  isFollowing: boolean;
  setIsFollowing: (isFollowing: boolean) => void;
  query: string;
  presentNumber: number | null;
};

/** Draws only the visible lines. */
export function LogView(props: LogViewProps) {
  const { log, parts, shown, isFollowing, query, presentNumber } = props;
  const { t } = useTranslations();
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroller);
  const pinned = usePinnedLines();
  const { rowPx, columns, topPx, heightPx } = viewport;
  const layout = useMemo(
    () =>
      layOut(
        shown.map((line) => line.columns),
        columns,
      ),
    [shown, columns],
  );
  const { topOf, onScroll, jumpToEnd } = useLogScrolling({ ...props, scroller, layout, viewport });
  const range = visibleLines(layout, shown, { fromPx: topPx - HEAD_PX, heightPx, rowPx }, pinned);

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={onScroll}
        role="region"
        aria-label={t("windows.log.label")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling element must be reachable by keyboard
        tabIndex={0}
      >
        <LogHead log={log} parts={parts} isEmpty={shown.length === 0} heightPx={HEAD_PX} />
        <div style={{ height: topOf(shown.length) - HEAD_PX }}>
          <div style={{ transform: `translateY(${topOf(range.from) - HEAD_PX}px)` }}>
            {shown.slice(range.from, range.to).map((line) => (
              <LogRow
                key={line.number}
                shown={line}
                query={query}
                isPresent={line.number === presentNumber}
                heightPx={Math.max(1, Math.ceil(line.columns / columns)) * rowPx}
              />
            ))}
          </div>
        </div>
      </div>
      {!isFollowing && (
        <Button look="main" className={classes.jump} onClick={jumpToEnd}>
          {t("windows.log.jumpToEnd")}
        </Button>
      )}
    </div>
  );
}

type LogHeadProps = { log: Log; parts: LogParts; isEmpty: boolean; heightPx: number };

/** Shown above the first line: the beginning of the log, or a button that loads earlier lines. */
function LogHead({ log, parts, isEmpty, heightPx }: LogHeadProps) {
  const { t } = useTranslations();
  return (
    <div className={classes.head} style={{ height: heightPx }}>
      {parts.chunks.length === 0 && <span>{t("windows.log.empty")}</span>}
      {parts.chunks.length > 0 && parts.isAtBeginning && (
        <span>{t(isEmpty ? "windows.log.nothingShown" : "windows.log.begin")}</span>
      )}
      {!parts.isAtBeginning &&
        (log.isLoadingEarlier ? (
          <span>{t("windows.log.earlier")}</span>
        ) : (
          <>
            {isEmpty && <span>{t("windows.log.nothingShown")}</span>}
            <Button look="subtle" onClick={log.loadEarlier}>
              {t("windows.log.loadEarlier")}
            </Button>
          </>
        ))}
    </div>
  );
}

type LogRowProps = { shown: ShownLine; query: string; isPresent: boolean; heightPx: number };

/** One line with highlighted matches. */
const LogRow = memo(function LogRow({ shown, query, isPresent, heightPx }: LogRowProps) {
  const parts = splitAtMatches(shown.text, query);
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
