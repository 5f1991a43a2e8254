import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createEventStreams, type EventStreams } from "./event-streams.ts";

const opened: EventStreams[] = [];
afterEach(() => {
  for (const streams of opened.splice(0)) streams.close();
});

function openStreams(count: number, isStillAllowed: (index: number) => Promise<boolean>) {
  const streams = createEventStreams();
  opened.push(streams);
  const answers = Array.from({ length: count }, (_, index) => {
    const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
    streams.open({ outgoing, owner: String(index), isStillAllowed: () => isStillAllowed(index) });
    return outgoing;
  });
  return { streams, answers };
}

test("closes the streams that lost their rights, and no others", async () => {
  const { streams, answers } = openStreams(3, async (index) => index !== 1);
  await streams.recheck();
  expect(answers.map(({ writableEnded }) => writableEnded)).toEqual([false, true, false]);
});

test("asks each stream once more, not once for each right that was lost meanwhile", async () => {
  let asked = 0;
  const { streams } = openStreams(2, async () => {
    asked += 1;
    return true;
  });
  await Promise.all(Array.from({ length: 10 }, () => streams.recheck()));
  expect(asked).toBeLessThanOrEqual(4);
});

test("asks again for a right that is lost while streams are asked", async () => {
  let isAllowed = true;
  const { streams, answers } = openStreams(300, async (index) => {
    if (index === 299 && isAllowed) {
      isAllowed = false;
      void streams.recheck();
      return true;
    }
    return isAllowed;
  });
  await streams.recheck();
  expect(answers.every(({ writableEnded }) => writableEnded)).toBe(true);
});

test("asks anew each time, also after it had nobody to ask", async () => {
  let asked = 0;
  const { streams } = openStreams(0, async () => true);
  await streams.recheck();
  const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
  const isStillAllowed = async () => {
    asked += 1;
    return true;
  };
  streams.open({ outgoing, owner: "late", isStillAllowed });
  await streams.recheck();
  await streams.recheck();
  expect(asked).toBe(2);
});
