import { type RefObject, useEffect, useEffectEvent } from "react";

/** How long the element must be visible. */
const MIN_VIEW_MS = 1_000;

/**
 * Calls `viewed` once when the element was visible for a second in a window that has the focus and is not hidden.
 */
export function useViewed(
  element: RefObject<HTMLElement | null>,
  isWanted: boolean,
  viewed: () => void,
): void {
  const onViewed = useEffectEvent(viewed);
  useEffect(() => {
    const target = element.current;
    if (!target || !isWanted) return;
    let isVisible = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function update(): void {
      const isViewed = isVisible && !document.hidden && document.hasFocus();
      if (!isViewed) {
        clearTimeout(timer);
        timer = undefined;
      } else timer ??= setTimeout(onViewed, MIN_VIEW_MS);
    }

    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        isVisible = entry !== undefined && isMostlyVisible(entry);
        update();
      },
      { threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    observer.observe(target);
    document.addEventListener("visibilitychange", update);
    window.addEventListener("focus", update);
    window.addEventListener("blur", update);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", update);
      window.removeEventListener("focus", update);
      window.removeEventListener("blur", update);
    };
  }, [element, isWanted]);
}

const MIN_VISIBLE_RATIO = 0.6;

type Visibility = {
  intersectionRatio: number;
  intersectionRect: { height: number };
  rootBounds: { height: number } | null;
};

/** Whether most of the element is visible or, if it is taller than the window, it fills most of the window. */
export function isMostlyVisible({ intersectionRatio, intersectionRect, rootBounds }: Visibility): boolean {
  if (intersectionRatio >= MIN_VISIBLE_RATIO) return true;
  return rootBounds !== null && intersectionRect.height >= MIN_VISIBLE_RATIO * rootBounds.height;
}
