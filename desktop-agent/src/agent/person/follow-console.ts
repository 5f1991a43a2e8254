import type { Clock } from "../../platform/ports.ts";
import type { LocalPerson } from "../local-agent.ts";

/** Asking starts programs on some systems. */
const EVERY_MS = 60_000;

/** Whether the person sits at the console, as it was known a minute ago at most. */
export type ConsoleTrail = {
  isThere(): boolean;
  /** Asks again when it is time; `changed` tells when the answer is another. */
  look(): void;
};

export function followConsole(person: LocalPerson, clock: Clock, changed: () => void): ConsoleTrail {
  let isThere = false;
  let askedAtMs = -Infinity;

  async function ask(): Promise<void> {
    const before = isThere;
    // A system that cannot say who sits there vouches for nobody.
    isThere = await person.isAtConsole().catch(() => false);
    if (isThere !== before) changed();
  }

  function look(): void {
    const nowMs = clock.monotonicMs();
    if (nowMs - askedAtMs < EVERY_MS) return;
    askedAtMs = nowMs;
    void ask();
  }

  look();
  return { isThere: () => isThere, look };
}
