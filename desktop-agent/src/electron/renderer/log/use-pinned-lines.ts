import { useEffect, useState } from "react";
import type { PinnedLines } from "./visible-lines.ts";

/** The lines that the person's selection begins and ends in; null without one. */
export function usePinnedLines(): PinnedLines {
  const [pinned, setPinned] = useState<PinnedLines>(null);
  useEffect(() => {
    function follow(): void {
      const selection = getSelection();
      const numbers = [selection?.anchorNode, selection?.focusNode].flatMap((node) => lineNumberOf(node));
      const isThere = selection?.isCollapsed === false && numbers.length === 2;
      setPinned(isThere ? { first: Math.min(...numbers), last: Math.max(...numbers) } : null);
    }
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, []);
  return pinned;
}

function lineNumberOf(node: Node | null | undefined): number[] {
  const element = node instanceof Element ? node : node?.parentElement;
  const number = element?.closest<HTMLElement>("[data-number]")?.dataset["number"];
  return number === undefined ? [] : [Number(number)];
}
