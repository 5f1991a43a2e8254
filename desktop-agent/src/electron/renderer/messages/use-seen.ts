import { type RefObject, useEffect, useEffectEvent } from "react";

/** How long it has to be in sight. */
const LONG_ENOUGH_MS = 1_000;

/**
 * Calls `seen` once after the element was really before the person's eyes for a second: in sight, in a window that is neither hidden
 * nor behind the one they work in.
 */
export function useSeen(element: RefObject<HTMLElement | null>, isWanted: boolean, seen: () => void): void {
  const onSeen = useEffectEvent(seen);
  useEffect(() => {
    const target = element.current;
    if (!target || !isWanted) return;
    let isInSight = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function follow(): void {
      const isBefore = isInSight && !document.hidden && document.hasFocus();
      if (!isBefore) {
        clearTimeout(timer);
        timer = undefined;
      } else timer ??= setTimeout(onSeen, LONG_ENOUGH_MS);
    }

    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        isInSight = entry !== undefined && isSeen(entry);
        follow();
      },
      { threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    observer.observe(target);
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("focus", follow);
    window.addEventListener("blur", follow);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", follow);
      window.removeEventListener("focus", follow);
      window.removeEventListener("blur", follow);
    };
  }, [element, isWanted]);
}

const MOST_OF_IT = 0.6;

type Sight = {
  intersectionRatio: number;
  intersectionRect: { height: number };
  rootBounds: { height: number } | null;
};

/** Whether most of it is in sight, or, when it is taller than the window, it fills most of the window. */
export function isSeen({ intersectionRatio, intersectionRect, rootBounds }: Sight): boolean {
  if (intersectionRatio >= MOST_OF_IT) return true;
  return rootBounds !== null && intersectionRect.height >= MOST_OF_IT * rootBounds.height;
}
