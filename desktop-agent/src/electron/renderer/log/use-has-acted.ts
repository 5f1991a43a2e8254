import { type RefObject, useEffect, useRef } from "react";

const GESTURES = ["wheel", "keydown", "pointerdown", "touchmove"] as const;

/**
 * Whether the person did something to the element since `current` was last set to false. A scroll event alone does not tell: the
 * browser may still be scrolling smoothly to where an earlier key sent it.
 */
export function useHasActed(element: RefObject<HTMLElement | null>): RefObject<boolean> {
  const hasActed = useRef(false);
  useEffect(() => {
    const target = element.current;
    const note = () => {
      hasActed.current = true;
    };
    for (const gesture of GESTURES) target?.addEventListener(gesture, note, { passive: true });
    return () => {
      for (const gesture of GESTURES) target?.removeEventListener(gesture, note);
    };
  }, [element]);
  return hasActed;
}
