/** Stores events and returns them in their order to callers that wait for them. */
export type EventLog<T> = { add(event: T): void; next(): Promise<T> };

export function createEventLog<T>(): EventLog<T> {
  const kept: T[] = [];
  const waiting: ((event: T) => void)[] = [];
  return {
    add(event) {
      const first = waiting.shift();
      if (first === undefined) kept.push(event);
      else first(event);
    },
    next() {
      const [first] = kept.splice(0, 1);
      if (first !== undefined) return Promise.resolve(first);
      const { promise, resolve } = Promise.withResolvers<T>();
      waiting.push(resolve);
      return promise;
    },
  };
}
