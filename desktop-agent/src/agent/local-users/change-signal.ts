import type { Cancel, Clock } from "../../platform/ports.ts";

/** Rings when anything about the people may have changed: somebody came, left or said something, the machine woke up. */
export type Bell = { ring(): void; listen(listener: () => void): Cancel };

export function createBell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring: () => {
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type Ends<Name extends string> = {
  clock: Clock;
  bell: Bell;
  /** Milliseconds after which the wait is over. */
  limitMs: number;
  signals: readonly (readonly [Name, AbortSignal])[];
};

/** Waits until `isSo` holds, which is asked after each ring of the bell. Says what ended the wait. */
export function waitUntil<Name extends string>(
  isSo: () => boolean,
  { clock, bell, limitMs, signals }: Ends<Name>,
): Promise<"so" | "due" | Name> {
  if (isSo()) return Promise.resolve("so");
  const { promise, resolve } = Promise.withResolvers<"so" | "due" | Name>();
  const cancels: Cancel[] = [
    bell.listen(() => {
      if (isSo()) resolve("so");
    }),
  ];
  if (Number.isFinite(limitMs)) cancels.push(clock.after(limitMs, () => resolve("due")));
  for (const [name, signal] of signals) {
    const onAbort = () => resolve(name);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    cancels.push(() => signal.removeEventListener("abort", onAbort));
  }
  return promise.finally(() => {
    for (const cancel of cancels) cancel();
  });
}
