import type { MessageOutcome, MessagePort, MessageToShow } from "../ports.ts";

export type FakeMessages = MessagePort & {
  /** Messages that were shown, in order. */
  readonly shown: readonly MessageToShow[];
  /** What becomes of the next ones; one session sees them until told otherwise. */
  answer(outcome: MessageOutcome): void;
  /** The next ones with buttons wait until the given one is pressed, or the wait is given up. */
  press(button: string): void;
};

export function createFakeMessages(): FakeMessages {
  const shown: MessageToShow[] = [];
  const waiting = new Set<(pressed: string | null) => void>();
  let outcome: MessageOutcome = { shown: [{ user: "ann", by: "fake" }], notShown: [], pressed: null };
  return {
    shown,
    answer: (next) => {
      outcome = next;
    },
    press: (button) => {
      for (const resolve of waiting) resolve(button);
    },
    async show(message, onShown, signal) {
      shown.push(message);
      if (outcome.shown.length > 0) onShown();
      if (message.buttons.length === 0 || outcome.shown.length === 0) return outcome;
      return { ...outcome, pressed: await pressedOrGivenUp(signal) };
    },
  };

  function pressedOrGivenUp(signal: AbortSignal): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    waiting.add(resolve);
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
    return promise.finally(() => waiting.delete(resolve));
  }
}
