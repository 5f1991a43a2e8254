import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { type LineLayout, lineAt } from "./line-layout.ts";
import type { LogParts } from "./log-parts.ts";
import type { Log } from "./use-log.ts";
import type { ShownLine } from "./use-shown-lines.ts";
import type { Viewport } from "./use-viewport.ts";

/** Height of the part above the first line. */
export const HEAD_PX = 40;
const NEAR_TOP_PX = 400;
const NEAR_END_PX = 4;

type ScrollingDeps = {
  scroller: RefObject<HTMLElement | null>;
  log: Log;
  parts: LogParts;
  shown: readonly ShownLine[];
  layout: LineLayout;
  viewport: Viewport & { update: () => void };
  isFollowing: boolean;
  setIsFollowing: (isFollowing: boolean) => void;
  presentNumber: number | null;
};

type LogScrolling = {
  /** Pixels above the line with this index. */
  topOf: (index: number) => number;
  onScroll: () => void;
  jumpToEnd: () => void;
};

/** Stays at the end until the user scrolls up, then keeps the line that they look at in place. */
export function useLogScrolling(deps: ScrollingDeps): LogScrolling {
  const { scroller, log, parts, shown, layout, viewport, isFollowing, setIsFollowing, presentNumber } = deps;
  const { rowPx } = viewport;
  const anchor = useRef({ number: 0, offsetPx: 0 });
  const leftover = useLeftoverScrolling(scroller);
  const topOf = (index: number) => HEAD_PX + (layout.tops[index] ?? 0) * rowPx;
  const totalPx = topOf(shown.length);

  function onScroll(): void {
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
    // oxlint-disable-next-line react/exhaustive-deps -- only other lines or other heights move what is visible
  }, [layout, rowPx]);

  useEffect(() => {
    const index = shown.findIndex(({ number }) => number === presentNumber);
    const element = scroller.current;
    if (index < 0 || !element) return;
    setIsFollowing(false);
    element.scrollTop = topOf(index) - element.clientHeight / 2;
    // oxlint-disable-next-line react/exhaustive-deps -- only another match scrolls, not every new line
  }, [presentNumber]);

  function jumpToEnd(): void {
    leftover.begin();
    setIsFollowing(true);
    if (parts.isAtEnd && scroller.current) scroller.current.scrollTop = totalPx;
    else log.readEnd();
  }

  return { topOf, onScroll, jumpToEnd };
}

const GESTURES = ["wheel", "keydown", "pointerdown", "touchmove"] as const;
/** Longer than a browser takes to cancel a smooth scroll. */
const SETTLE_MS = 250;

type LeftoverScrolling = {
  /** For a short time from now on, scrolling counts as left over, until the user does something. */
  begin: () => void;
  isLeftover: () => boolean;
};

/** Tells scrolling that the user starts from smooth scrolling that an earlier key press started and that still runs. */
function useLeftoverScrolling(element: RefObject<HTMLElement | null>): LeftoverScrolling {
  const settlesAt = useRef(0);
  useEffect(() => {
    const target = element.current;
    const end = () => {
      settlesAt.current = 0;
    };
    for (const gesture of GESTURES) target?.addEventListener(gesture, end, { passive: true });
    return () => {
      for (const gesture of GESTURES) target?.removeEventListener(gesture, end);
    };
  }, [element]);

  const begin = useCallback(() => {
    settlesAt.current = performance.now() + SETTLE_MS;
  }, []);
  const isLeftover = useCallback(() => performance.now() < settlesAt.current, []);
  return { begin, isLeftover };
}
