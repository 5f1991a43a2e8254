import { type RefObject, useCallback, useEffect, useRef } from "react";

const GESTURES = ["wheel", "keydown", "pointerdown", "touchmove"] as const;
/** Longer than it takes a browser to give up a smooth scroll for a new place. */
const SETTLE_MS = 250;

type LeftoverScrolling = {
  /** From now on, until the person does something, scrolling for a while is left over from before. */
  begin: () => void;
  isLeftover: () => boolean;
};

/** Tells scrolling that the person means from that which an earlier key has set going and which has not ended yet. */
export function useLeftoverScrolling(element: RefObject<HTMLElement | null>): LeftoverScrolling {
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
