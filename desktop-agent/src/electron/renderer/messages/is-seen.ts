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
