type Requests = Record<string, { args: unknown[]; answer: unknown }>;

/** The handlers of the other side's requests. */
export type Handlers<Asked extends Requests> = {
  [Name in keyof Asked]: (
    ...args: Asked[Name]["args"]
  ) => Asked[Name]["answer"] | Promise<Asked[Name]["answer"]>;
};

export type Ask<Asked extends Requests> = <Name extends keyof Asked & string>(
  name: Name,
  ...args: Asked[Name]["args"]
) => Promise<Asked[Name]["answer"]>;

type Message =
  | { kind: "ask"; id: number; name: string; args: unknown[] }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "failure"; id: number; message: string };

/** One end of a connection whose messages are cloned. */
export type MessagePort = {
  post(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
};

/**
 * Requests and answers in both directions over one connection.
 * @returns `ask`, which sends requests and rejects with the other side's error or with the reason passed to `end`
 */
export function openChannel<Asked extends Requests, Answered extends Requests>(
  line: MessagePort,
  handlers: Handlers<Answered>,
): { ask: Ask<Asked>; end: (reason: string) => void } {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let ended: string | null = null;

  async function answer({ id, name, args }: Message & { kind: "ask" }): Promise<void> {
    try {
      const handler: ((...args: unknown[]) => unknown) | undefined = handlers[name];
      if (handler === undefined) throw new Error(`There is no handler for ${name}.`);
      line.post({ kind: "answer", id, value: await handler(...args) });
    } catch (error) {
      line.post({ kind: "failure", id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  line.onMessage((received) => {
    const message = received as Message;
    if (message.kind === "ask") return void answer(message);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === "answer") asked?.resolve(message.value);
    else asked?.reject(new Error(message.message));
  });

  return {
    ask(name, ...args) {
      if (ended !== null) return Promise.reject(new Error(ended));
      lastId += 1;
      const asked = Promise.withResolvers<unknown>();
      waiting.set(lastId, asked);
      line.post({ kind: "ask", id: lastId, name, args });
      return asked.promise;
    },
    end(reason) {
      ended = reason;
      for (const asked of waiting.values()) asked.reject(new Error(reason));
      waiting.clear();
    },
  };
}
