import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const script = path.join(import.meta.dirname, "stream-clients.ts");

export type LivePages = {
  /** Bytes and events that all of them got since the last question. */
  received(): Promise<{ bytes: number; events: number }>;
  close(): Promise<void>;
};

/** Opens `count` live pages from a process of their own. */
export async function openLivePages(
  port: number,
  count: number,
  bearers: readonly string[],
): Promise<LivePages> {
  const child = fork(script);
  child.send({ port, count, bearers });
  await once(child, "message");
  return {
    async received() {
      child.send("count");
      const [counts] = (await once(child, "message")) as [{ bytes: number; events: number }];
      return counts;
    },
    async close() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
