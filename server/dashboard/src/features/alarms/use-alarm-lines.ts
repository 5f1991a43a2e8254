import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, use, useDeferredValue, useEffect, useLayoutEffect, useState } from "react";
import { ScrollerContext } from "../shell/scroller-context.ts";

/** Before it is drawn, a row counts as this high. */
const ROW_PX = 57;
const HEAD_PX = 36;

/** Remembers how far a list was scrolled, in pixels. */
export type ScrollMemory = { scrollTop: () => number; rememberScroll: (top: number) => void };

/**
 * The rows of a grid that are in sight; others are not drawn. Rows have the height of their texts. Moves the active row into sight when
 * another one becomes active.
 */
export function useAlarmLines(
  ids: readonly string[],
  bodyRef: RefObject<HTMLElement | null>,
  { activeId, scroll }: { activeId: string | null; scroll: ScrollMemory | undefined },
) {
  const scroller = use(ScrollerContext);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 10,
    useFlushSync: false,
    scrollMargin: useTopPx(bodyRef, scroller),
    scrollPaddingStart: HEAD_PX,
    ...(scroll && { initialOffset: () => scroll.scrollTop() }),
  });
  useEffect(() => () => scroll?.rememberScroll(virtualizer.scrollOffset ?? 0), [scroll, virtualizer]);
  useEffect(() => {
    const index = activeId === null ? -1 : ids.indexOf(activeId);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
    // Only a move of the active row scrolls; a row that moves under it does not.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [activeId]);
  // Rows may come a few frames late, so that a fast scroll does not block the page.
  const lines = useDeferredValue(virtualizer.getVirtualItems());
  return {
    lines: lines.filter(({ index }) => index < ids.length),
    heightPx: virtualizer.getTotalSize(),
    marginPx: virtualizer.options.scrollMargin,
    measure: virtualizer.measureElement,
  };
}

/** Where an element begins inside the scrolling area. It moves when anything above it changes its height. */
function useTopPx(elementRef: RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => {
    const element = elementRef.current;
    if (!element || !scroller) return;
    const measure = () => {
      const { top } = element.getBoundingClientRect();
      setTopPx(Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    for (
      let inner: Element = element;
      inner !== scroller && inner.parentElement;
      inner = inner.parentElement
    ) {
      for (const sibling of inner.parentElement.children) if (sibling !== inner) observer.observe(sibling);
    }
    return () => observer.disconnect();
  }, [elementRef, scroller]);
  return topPx;
}
