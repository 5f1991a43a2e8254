import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../frame/bridge.ts";
import {
  addEarlier,
  addLater,
  beginWith,
  type LogParts,
  positionAfter,
  positionBefore,
} from "./log-parts.ts";

const POLL_INTERVAL_MS = 1_000;

export type Log = {
  /** Null until the end has been read. */
  parts: LogParts | null;
  hasFailed: boolean;
  isLoadingEarlier: boolean;
  loadEarlier: () => void;
  /** Reads the end of the log again. */
  readEnd: () => void;
};

/** Loads the agent's log: its end first, new lines each second, earlier lines on request. */
export function useLog(): Log {
  const [parts, setParts] = useState<LogParts | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [isLoadingEarlier, setIsLoadingEarlier] = useState(false);
  const newest = useRef<LogParts | null>(null);
  const pendingCount = useRef(0);
  const queue = useRef(Promise.resolve());

  /** Runs one request at a time, so that an answer always matches the loaded parts. */
  const change = useCallback((read: () => Promise<LogParts>): Promise<void> => {
    pendingCount.current += 1;
    queue.current = queue.current
      .then(async () => {
        newest.current = await read();
        setParts(newest.current);
        setHasFailed(false);
      })
      .catch(() => setHasFailed(true))
      .finally(() => {
        pendingCount.current -= 1;
      });
    return queue.current;
  }, []);

  const readEnd = useCallback(
    () => void change(async () => beginWith(await ask("read-log", { kind: "end" }))),
    [change],
  );

  useEffect(() => {
    readEnd();
    const timer = setInterval(() => {
      const known = newest.current;
      if (document.hidden || pendingCount.current > 0 || !known?.isAtEnd) return;
      const position = positionAfter(known) ?? ({ kind: "end" } as const);
      void change(async () => addLater(known, await ask("read-log", position)));
    }, POLL_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [change, readEnd]);

  const loadEarlier = useCallback(() => {
    const known = newest.current;
    const position = known && positionBefore(known);
    if (!position || pendingCount.current > 0) return;
    setIsLoadingEarlier(true);
    void change(async () => addEarlier(known, await ask("read-log", position))).finally(() =>
      setIsLoadingEarlier(false),
    );
  }, [change]);

  return { parts, hasFailed, isLoadingEarlier, loadEarlier, readEnd };
}
