import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createFairQueue } from "./fair-queue.ts";

const never = new AbortController().signal;

/** Tasks that record their start and end when they are told to. */
function createTasks() {
  const started: string[] = [];
  const endings = new Map<string, () => void>();
  return {
    started,
    task: (name: string) => () => {
      started.push(name);
      return new Promise<string>((resolve) => endings.set(name, () => resolve(name)));
    },
    end: (name: string) => endings.get(name)?.(),
  };
}

const options = { slots: 2, maxRunningPerOwner: 1, maxWaitingPerOwner: 2 };

describe("the fair queue", () => {
  test("starts another owner's task while all other tasks of a busy owner wait", async () => {
    const queue = createFairQueue(options);
    const { started, task, end } = createTasks();
    const first = queue.run("greedy", never, task("greedy 1"));
    const second = queue.run("greedy", never, task("greedy 2"));
    const other = queue.run("modest", never, task("modest 1"));
    await setImmediate();
    expect(started).toEqual(["greedy 1", "modest 1"]);
    end("modest 1");
    await other;
    expect(started).toEqual(["greedy 1", "modest 1"]);
    end("greedy 1");
    await first;
    await setImmediate();
    expect(started.at(-1)).toBe("greedy 2");
    end("greedy 2");
    expect(await second).toBe("greedy 2");
  });

  test("gives the next free slot to the owner who has waited longest since its last turn", async () => {
    const queue = createFairQueue({ ...options, slots: 1 });
    const { started, task, end } = createTasks();
    const first = queue.run("greedy", never, task("greedy 1"));
    void queue.run("greedy", never, task("greedy 2"));
    void queue.run("modest", never, task("modest 1"));
    await setImmediate();
    end("greedy 1");
    await first;
    await setImmediate();
    expect(started).toEqual(["greedy 1", "modest 1"]);
  });

  test("refuses an owner's tasks above its limit, and no other owner's", async () => {
    const queue = createFairQueue({ ...options, slots: 1 });
    const { task } = createTasks();
    for (const name of ["1", "2", "3"]) void queue.run("greedy", never, task(name));
    await expect(queue.run("greedy", never, task("4"))).rejects.toMatchObject({
      code: "rate-limited",
      retryAfterS: 1,
    });
    const leaving = new AbortController();
    const waiting = queue.run("modest", leaving.signal, task("5"));
    leaving.abort();
    await expect(waiting).rejects.toThrow("aborted");
  });

  test("never starts a task whose client has disconnected, and frees its place", async () => {
    const queue = createFairQueue({ ...options, slots: 1, maxWaitingPerOwner: 1 });
    const { started, task, end } = createTasks();
    const first = queue.run("a", never, task("first"));
    const leaving = new AbortController();
    const gone = queue.run("a", leaving.signal, task("gone"));
    leaving.abort();
    await expect(gone).rejects.toThrow();
    const last = queue.run("a", never, task("last"));
    await setImmediate();
    end("first");
    await first;
    await setImmediate();
    end("last");
    await last;
    expect(started).toEqual(["first", "last"]);
  });

  test("frees the slot of a task that fails", async () => {
    const queue = createFairQueue({ ...options, slots: 1 });
    await expect(queue.run("a", never, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await queue.run("a", never, async () => "next")).toBe("next");
  });
});
