import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Caller } from "./caller.ts";
import { createEventStreams, type EventStreams } from "./event-streams.ts";

const opened: EventStreams[] = [];
afterEach(() => {
  for (const streams of opened.splice(0)) streams.close();
});

const device: Caller = { kind: "device", orgId: "o1", deviceId: "d1", credentialId: "c1" };

function openStreams(count: number, isStillAllowed: (index: number) => Promise<boolean>) {
  const streams = createEventStreams();
  opened.push(streams);
  const answers = Array.from({ length: count }, (_, index) => {
    const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
    streams.open({
      outgoing,
      owner: String(index),
      expiresAt: null,
      identifyAgain: async () => ((await isStillAllowed(index)) ? device : null),
    });
    return outgoing;
  });
  return { streams, answers };
}

test("closes the streams that lost their rights, and no others", async () => {
  const { streams, answers } = openStreams(3, async (index) => index !== 1);
  await streams.recheck();
  expect(answers.map(({ writableEnded }) => writableEnded)).toEqual([false, true, false]);
});

test("checks each stream once more, not once for each revocation meanwhile", async () => {
  let asked = 0;
  const { streams } = openStreams(2, async () => {
    asked += 1;
    return true;
  });
  await Promise.all(Array.from({ length: 10 }, () => streams.recheck()));
  expect(asked).toBeLessThanOrEqual(4);
});

test("checks again after a revocation during a check", async () => {
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

test("checks again each time, also after there was no stream", async () => {
  let asked = 0;
  const { streams } = openStreams(0, async () => true);
  await streams.recheck();
  const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
  const identifyAgain = async () => {
    asked += 1;
    return device;
  };
  streams.open({ outgoing, owner: "late", expiresAt: null, identifyAgain });
  await streams.recheck();
  await streams.recheck();
  expect(asked).toBe(2);
});

test("ends a stream when its credential expires, but not if the credential was used meanwhile", async () => {
  let now = 0;
  const ended: string[] = [];
  const observer = { opened: () => undefined, ended: (reason: string) => void ended.push(reason) };
  const streams = createEventStreams({ now: () => now, observer });
  opened.push(streams);
  let expiresAt = 1_000;
  const session: Caller = {
    kind: "user",
    orgId: "o1",
    userId: "u1",
    sessionId: "s1",
    name: "Ada",
    role: "viewer",
    customerIds: null,
  };
  const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
  const identifyAgain = async () => (expiresAt > now ? { ...session, expiresAt } : null);
  streams.open({ outgoing, owner: "s1", expiresAt, identifyAgain });
  now = 999;
  await streams.closeExpired();
  expiresAt = 2_000;
  now = 1_500;
  await streams.closeExpired();
  expect(outgoing.writableEnded).toBe(false);
  now = 2_000;
  await streams.closeExpired();
  expect(outgoing.writableEnded).toBe(true);
  outgoing.emit("close");
  expect(ended).toEqual(["expired"]);
});

test("ends a stream after one to two hours, however its reader behaves", async () => {
  let hours = 0;
  const streams = createEventStreams({ monotonic: () => hours * 3_600_000, random: () => 0.5 });
  opened.push(streams);
  const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
  streams.open({ outgoing, owner: "c1", expiresAt: null, identifyAgain: async () => device });
  hours = 1.4;
  await streams.closeExpired();
  expect(outgoing.writableEnded).toBe(false);
  hours = 1.5;
  await streams.closeExpired();
  expect(outgoing.writableEnded).toBe(true);
});
