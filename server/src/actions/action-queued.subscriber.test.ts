import { pino } from "pino";
import { expect, test } from "vitest";
import { createHintListeners } from "../platform/events/hint-listeners.ts";
import { subscribeToQueuedActions } from "./action-queued.subscriber.ts";
import { createAgentStreams } from "./agent-streams.ts";

const log = pino({ level: "silent" });

function connect(streams: ReturnType<typeof createAgentStreams>, deviceId: string): { nudges: number } {
  const seen = { nudges: 0 };
  streams.open(deviceId, {
    response: new Response(),
    send: () => void (seen.nudges += 1),
    isSlow: false,
    close: () => undefined,
    onClose: () => undefined,
  });
  return seen;
}

test("nudges devices that are known to wait, and stays alive, when the database fails after hints were lost", async () => {
  const listeners = createHintListeners(log);
  const streams = createAgentStreams(Buffer.from("nudge"));
  const waiting = connect(streams, "waiting");
  const idle = connect(streams, "idle");
  const failures: unknown[] = [];
  const note = (error: unknown) => void failures.push(error);
  process.on("unhandledRejection", note);
  subscribeToQueuedActions(
    { ...listeners, publish: () => undefined, close: async () => undefined },
    {
      of: (deviceId) => (deviceId === "waiting" ? 1 : 0),
      hint: () => undefined,
      refresh: () => Promise.reject(new Error("Connection terminated unexpectedly")),
    },
    streams,
    log,
  );
  listeners.notifyResync();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect([waiting.nudges, idle.nudges, failures]).toEqual([1, 0, []]);
});
