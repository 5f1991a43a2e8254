import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../frame/bridge.ts";
import { addEarlier, addLater, beginWith, type LogParts, placeAfter, placeBefore } from "./log-parts.ts";

const FOLLOW_MS = 1_000;

export type Log = {
  /** Null until the end has been read. */
  parts: LogParts | null;
  hasFailed: boolean;
  isLoadingEarlier: boolean;
  loadEarlier: () => void;
  /** Reads the end anew. */
  readEnd: () => void;
};

/** The agent's log by parts: its end first, what comes after each second, what lies before when asked for. */
export function useLog(): Log {
  const [parts, setParts] = useState<LogParts | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [isLoadingEarlier, setIsLoadingEarlier] = useState(false);
  const newest = useRef<LogParts | null>(null);
  const waiting = useRef(0);
  const turn = useRef(Promise.resolve());

  /** One question at a time: an answer always fits the parts that it was asked for. */
  const change = useCallback((read: () => Promise<LogParts>): Promise<void> => {
    waiting.current += 1;
    turn.current = turn.current
      .then(async () => {
        newest.current = await read();
        setParts(newest.current);
        setHasFailed(false);
      })
      .catch(() => setHasFailed(true))
      .finally(() => {
        waiting.current -= 1;
      });
    return turn.current;
  }, []);

  const readEnd = useCallback(
    () => void change(async () => beginWith(await ask("read-log", { kind: "end" }))),
    [change],
  );

  useEffect(() => {
    readEnd();
    const timer = setInterval(() => {
      const known = newest.current;
      if (document.hidden || waiting.current > 0 || !known?.isAtEnd) return;
      const place = placeAfter(known) ?? ({ kind: "end" } as const);
      void change(async () => addLater(known, await ask("read-log", place)));
    }, FOLLOW_MS);
    return () => clearInterval(timer);
  }, [change, readEnd]);

  const loadEarlier = useCallback(() => {
    const known = newest.current;
    const place = known && placeBefore(known);
    if (!place || waiting.current > 0) return;
    setIsLoadingEarlier(true);
    void change(async () => addEarlier(known, await ask("read-log", place))).finally(() =>
      setIsLoadingEarlier(false),
    );
  }, [change]);

  return { parts, hasFailed, isLoadingEarlier, loadEarlier, readEnd };
}
