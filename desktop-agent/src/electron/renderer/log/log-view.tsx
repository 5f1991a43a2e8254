import { memo, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { layOut, lineAt, visibleLines } from "./line-layout.ts";
import type { LogParts } from "./log-parts.ts";
import { splitAtMatches } from "./log-search.ts";
import { useLeftoverScrolling } from "./use-leftover-scrolling.ts";
import type { Log } from "./use-log.ts";
import type { ShownLine } from "./use-shown-lines.ts";
import { usePinnedLines, useViewport } from "./use-viewport.ts";
import classes from "./log-view.module.css";

/** Above the first line stands whether there are earlier ones. */
const HEAD_PX = 40;
const NEAR_TOP_PX = 400;
const NEAR_END_PX = 4;

type LogViewProps = {
  log: Log;
  parts: LogParts;
  shown: readonly ShownLine[];
  isFollowing: boolean;
  setIsFollowing: (isFollowing: boolean) => void;
  words: string;
  presentNumber: number | null;
};

/** Draws only the lines in sight. Stays at the end until the person scrolls up, and then with the line they look at. */
export function LogView(props: LogViewProps) {
  const { log, parts, shown, isFollowing, setIsFollowing, words, presentNumber } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef({ number: 0, offsetPx: 0 });
  const viewport = useViewport(scroller);
  const leftover = useLeftoverScrolling(scroller);
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
  const topOf = (index: number) => HEAD_PX + (layout.tops[index] ?? 0) * rowPx;
  const range = visibleLines(layout, shown, { fromPx: topPx - HEAD_PX, heightPx, rowPx }, pinned);
  const totalPx = topOf(shown.length);

  function followScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isAtEnd = parts.isAtEnd && scrollTop + clientHeight >= scrollHeight - NEAR_END_PX;
    if (!isAtEnd && isFollowing && leftover.isLeftover()) return void (element.scrollTop = totalPx);
    setIsFollowing(isAtEnd);
    const index = lineAt(layout, (scrollTop - HEAD_PX) / rowPx);
    anchor.current = { number: shown[index]?.number ?? 0, offsetPx: scrollTop - topOf(index) };
    viewport.update();
    if (scrollTop < NEAR_TOP_PX && scrollHeight > clientHeight) log.loadEarlier();
  }

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (isFollowing) element.scrollTop = totalPx;
    else {
      const index = shown.findIndex(({ number }) => number >= anchor.current.number);
      element.scrollTop = topOf(Math.max(0, index)) + anchor.current.offsetPx;
    }
    viewport.update();
    // oxlint-disable-next-line react/exhaustive-deps -- only other lines or other heights move what is in sight
  }, [layout, rowPx]);

  useEffect(() => {
    const index = shown.findIndex(({ number }) => number === presentNumber);
    const element = scroller.current;
    if (index < 0 || !element) return;
    setIsFollowing(false);
    element.scrollTop = topOf(index) - element.clientHeight / 2;
    // oxlint-disable-next-line react/exhaustive-deps -- only another match moves there, not every new line
  }, [presentNumber]);

  function jumpToEnd(): void {
    leftover.begin();
    setIsFollowing(true);
    if (parts.isAtEnd && scroller.current) scroller.current.scrollTop = totalPx;
    else log.readEnd();
  }

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={followScroll}
        role="region"
        aria-label={t("windows.log.label")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keys
        tabIndex={0}
      >
        <LogHead log={log} parts={parts} isEmpty={shown.length === 0} heightPx={HEAD_PX} />
        <div style={{ height: totalPx - HEAD_PX }}>
          <div style={{ transform: `translateY(${topOf(range.from) - HEAD_PX}px)` }}>
            {shown.slice(range.from, range.to).map((line) => (
              <LogRow
                key={line.number}
                shown={line}
                words={words}
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

/** What lies before the first line: nothing, or earlier lines. */
function LogHead({ log, parts, isEmpty, heightPx }: LogHeadProps) {
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

type LogRowProps = { shown: ShownLine; words: string; isPresent: boolean; heightPx: number };

/** One line, with what matches marked. */
const LogRow = memo(function LogRow({ shown, words, isPresent, heightPx }: LogRowProps) {
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
