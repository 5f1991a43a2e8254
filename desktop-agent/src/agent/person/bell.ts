import type { Cancel } from "../../platform/ports.ts";

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
