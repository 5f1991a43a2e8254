import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { layOut, lineAt } from "./line-layout.ts";
import { LogHead } from "./log-head.tsx";
import type { LogParts } from "./log-parts.ts";
import { LogRow } from "./log-row.tsx";
import classes from "./log-view.module.css";
import type { Log } from "./use-log.ts";
import { useLeftoverScrolling } from "./use-leftover-scrolling.ts";
import { usePinnedLines } from "./use-pinned-lines.ts";
import type { ShownLine } from "./use-shown-lines.ts";
import { useViewport } from "./use-viewport.ts";
import { visibleLines } from "./visible-lines.ts";

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
