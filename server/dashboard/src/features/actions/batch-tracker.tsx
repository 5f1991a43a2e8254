import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import type { Batch } from "./batch-progress.ts";

const FollowedBatch = lazy(() => import("./tracked-batch.tsx").then((m) => ({ default: m.TrackedBatch })));

type TrackBatch = (batch: Batch) => void;

const TrackContext = createContext<TrackBatch | null>(null);

/** Tracks queued actions to their end, whatever page is open. The code for it is loaded with the first action. */
export function BatchTracker({ children }: { children: ReactNode }) {
  const [tracked, setTracked] = useState<readonly Batch[]>([]);
  const track = useCallback<TrackBatch>(
    (batch) =>
      setTracked((known) =>
        known.some(({ batchId }) => batchId === batch.batchId) ? known : [...known, batch],
      ),
    [],
  );
  const drop = useCallback(
    (batchId: string) => setTracked((known) => known.filter((batch) => batch.batchId !== batchId)),
    [],
  );
  const batches = useMemo(
    () =>
      tracked.map((batch) => (
        <FollowedBatch key={batch.batchId} batch={batch} onEnd={() => drop(batch.batchId)} />
      )),
    [tracked, drop],
  );
  return (
    <TrackContext value={track}>
      {children}
      <Suspense fallback={null}>{batches}</Suspense>
    </TrackContext>
  );
}

export function useTrackBatch(): TrackBatch {
  const track = useContext(TrackContext);
  if (!track) throw new Error("useTrackBatch is only for pages inside BatchTracker");
  return track;
}
