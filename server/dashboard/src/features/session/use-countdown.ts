import { useEffect, useState } from "react";

/** Counts whole seconds down to 0 from `seconds`, anew whenever `startedBy` changes. */
export function useCountdown(seconds: number | null, startedBy: number): number {
  const [leftS, setLeftS] = useState(0);
  useEffect(() => {
    const endMs = Date.now() + (seconds ?? 0) * 1_000;
    const read = () => setLeftS(Math.max(0, Math.ceil((endMs - Date.now()) / 1_000)));
    read();
    if (seconds === null) return;
    const timer = setInterval(read, 1_000);
    return () => clearInterval(timer);
  }, [seconds, startedBy]);
  return leftS;
}
