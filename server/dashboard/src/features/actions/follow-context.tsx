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
import type { Followed } from "./followed.ts";

const FollowedBatch = lazy(() => import("./followed-batch.tsx").then((m) => ({ default: m.FollowedBatch })));

type Follow = (batch: Followed) => void;

const FollowContext = createContext<Follow | null>(null);

/** Follows what was asked for to its end, whatever page is open. What follows is loaded with the first action. */
export function FollowProvider({ children }: { children: ReactNode }) {
  const [followed, setFollowed] = useState<readonly Followed[]>([]);
  const follow = useCallback<Follow>(
    (batch) =>
      setFollowed((known) =>
        known.some(({ batchId }) => batchId === batch.batchId) ? known : [...known, batch],
      ),
    [],
  );
  const drop = useCallback(
    (batchId: string) => setFollowed((known) => known.filter((batch) => batch.batchId !== batchId)),
    [],
  );
  const batches = useMemo(
    () =>
      followed.map((batch) => (
        <FollowedBatch key={batch.batchId} batch={batch} onEnd={() => drop(batch.batchId)} />
      )),
    [followed, drop],
  );
  return (
    <FollowContext value={follow}>
      {children}
      <Suspense fallback={null}>{batches}</Suspense>
    </FollowContext>
  );
}

export function useFollow(): Follow {
  const follow = useContext(FollowContext);
  if (!follow) throw new Error("useFollow is only for pages inside FollowProvider");
  return follow;
}
