import type { MessageOutcome, MessagePort, MessageToShow } from "../ports.ts";

export type FakeMessages = MessagePort & {
  /** Messages that were shown, in order. */
  readonly shown: readonly MessageToShow[];
  /** Whom each of them left alone. */
  readonly excepted: readonly (readonly string[])[];
  /** Sets the outcome of the next messages. By default one session shows them. */
  answer(outcome: MessageOutcome): void;
  /** The next ones with buttons wait until the given one is pressed, or the wait is given up. */
  press(button: string): void;
};

export function createFakeMessages(): FakeMessages {
  const shown: MessageToShow[] = [];
  const excepted: (readonly string[])[] = [];
  const waiting = new Set<(pressed: string | null) => void>();
  let outcome: MessageOutcome = { shown: [{ user: "ann", by: "fake" }], notShown: [], pressed: null };
  return {
    shown,
    excepted,
    answer: (next) => {
      outcome = next;
    },
    press: (button) => {
      for (const resolve of waiting) resolve(button);
    },
    async show(message, onShown, signal, except = []) {
      shown.push(message);
      excepted.push(except);
      const meant = <Session extends { user: string }>(sessions: readonly Session[]) =>
        sessions.filter(({ user }) => !except.includes(user));
      const reached = { ...outcome, shown: meant(outcome.shown), notShown: meant(outcome.notShown) };
      if (reached.shown.length > 0) onShown();
      if (message.buttons.length === 0 || reached.shown.length === 0) return reached;
      return { ...reached, pressed: await pressedOrGivenUp(signal) };
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
