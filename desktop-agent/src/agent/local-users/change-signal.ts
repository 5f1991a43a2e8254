import type { Cancel, Clock } from "../../platform/ports.ts";

/** Notifies when anything about the local users may have changed: one came, left or answered, or the machine woke up. */
export type ChangeSignal = { notify(): void; subscribe(listener: () => void): Cancel };

export function createChangeSignal(): ChangeSignal {
  const listeners = new Set<() => void>();
  return {
    notify: () => {
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type WaitOptions<Name extends string> = {
  clock: Clock;
  changes: ChangeSignal;
  /** Milliseconds after which the wait is over. */
  timeoutMs: number;
  signals: readonly (readonly [Name, AbortSignal])[];
};

/** Waits until `isMet` returns true, which is checked after each change. Resolves with what ended the wait. */
export function waitUntil<Name extends string>(
  isMet: () => boolean,
  { clock, changes, timeoutMs, signals }: WaitOptions<Name>,
): Promise<"so" | "due" | Name> {
  if (isMet()) return Promise.resolve("so");
  const { promise, resolve } = Promise.withResolvers<"so" | "due" | Name>();
  const cancels: Cancel[] = [
    changes.subscribe(() => {
      if (isMet()) resolve("so");
    }),
  ];
  if (Number.isFinite(timeoutMs)) cancels.push(clock.after(timeoutMs, () => resolve("due")));
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
