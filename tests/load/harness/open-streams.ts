import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const script = path.join(import.meta.dirname, "stream-clients.ts");

export type OpenStreams = {
  /** Bytes and events that all of them received since the last call. */
  received(): Promise<{ bytes: number; events: number }>;
  close(): Promise<void>;
};

/** Opens `count` live pages from a separate process. */
export function openLivePages(port: number, count: number, bearers: readonly string[]): Promise<OpenStreams> {
  return openStreams({ port, path: "/api/v1/stream", count, bearers });
}

/** Opens a stream for each device, from a separate process. */
export function openAgentStreams(port: number, credentials: readonly string[]): Promise<OpenStreams> {
  return openStreams({
    port,
    path: "/api/v1/agent/stream",
    count: credentials.length,
    bearers: credentials,
  });
}

async function openStreams(options: {
  port: number;
  path: string;
  count: number;
  bearers: readonly string[];
}): Promise<OpenStreams> {
  const child = fork(script);
  child.send(options);
  const [opened] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (opened !== "open") throw new Error("The streams could not be opened.");
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
