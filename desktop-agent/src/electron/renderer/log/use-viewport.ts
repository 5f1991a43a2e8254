import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import type { PinnedLines } from "./line-layout.ts";

/** The visible part of a scrolling element with monospaced text. */
export type Viewport = { topPx: number; heightPx: number; columns: number; rowPx: number };

const ROW_PX = 18;
const SIDE_PX = 12;
const SAMPLE = "0".repeat(100);

/** Tracks the size of the element. Call `update` when it scrolls. */
export function useViewport(scroller: RefObject<HTMLElement | null>): Viewport & { update: () => void } {
  const [viewport, setViewport] = useState<Viewport>({ topPx: 0, heightPx: 600, columns: 50, rowPx: ROW_PX });

  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: topPx, clientHeight: heightPx } = element;
    setViewport((before) =>
      before.topPx === topPx && before.heightPx === heightPx ? before : { ...before, topPx, heightPx },
    );
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth, clientHeight, scrollTop } = element;
      const columns = Math.max(10, Math.floor((clientWidth - 2 * SIDE_PX) / characterWidth(element)));
      setViewport({ topPx: scrollTop, heightPx: clientHeight, columns, rowPx: ROW_PX });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [scroller]);

  return { ...viewport, update };
}

/** Width of one character in pixels. */
function characterWidth(parent: HTMLElement): number {
  const probe = document.createElement("code");
  probe.style.position = "absolute";
  probe.style.visibility = "hidden";
  probe.style.whiteSpace = "pre";
  probe.textContent = SAMPLE;
  parent.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return Math.max(1, width / SAMPLE.length);
}

/** The lines in which the user's selection begins and ends; null without a selection. */
export function usePinnedLines(): PinnedLines {
  const [pinned, setPinned] = useState<PinnedLines>(null);
  useEffect(() => {
    function update(): void {
      const selection = getSelection();
      const numbers = [selection?.anchorNode, selection?.focusNode].flatMap((node) => lineNumberOf(node));
      const isThere = selection?.isCollapsed === false && numbers.length === 2;
      setPinned(isThere ? { first: Math.min(...numbers), last: Math.max(...numbers) } : null);
    }
    document.addEventListener("selectionchange", update);
    return () => document.removeEventListener("selectionchange", update);
  }, []);
  return pinned;
}

function lineNumberOf(node: Node | null | undefined): number[] {
  const element = node instanceof Element ? node : node?.parentElement;
  const number = element?.closest<HTMLElement>("[data-number]")?.dataset["number"];
  return number === undefined ? [] : [Number(number)];
}
