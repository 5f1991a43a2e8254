import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";
import { createFakeFiles } from "../../platform/fake/fake-files.ts";
import { createActionJournal } from "./action-journal.ts";

const PATH = "/home/actions.jsonl";
const DONE = { outcome: "done", result: { wasScheduled: true } } as const;
const NOT_BACK = { outcome: "error", code: "not-back", message: "no" } as const;

function setUp({ files = createFakeFiles(), clock = createFakeClock(), deviceId = "device" } = {}) {
  const journal = createActionJournal({ files, path: PATH, clock, deviceId });
  const accept = (actionId: string, payload: Record<string, unknown> = {}) =>
    journal.accepted({
      v: 1,
      organizationId: "o",
      deviceId,
      actionId,
      type: "message",
      payload,
      nonce: "n",
      validUntil: clock.wallMs() + 1000,
    });
  const finish = async (id: string, payload?: Record<string, unknown>) => {
    await accept(id, payload);
    await journal.started(id, "boot");
    await journal.ended(id, "boot", DONE);
    await journal.reported(id, true);
  };
  const text = () => files.contents.get(PATH) ?? "";
  return { files, clock, journal, accept, finish, text, again: () => setUp({ files, clock, deviceId }) };
}

describe("the journal of actions", () => {
  it("is read as it was written", async () => {
    const { accept, journal, finish, again } = setUp();
    await finish("a");
    await accept("b");
    await journal.started("b", "boot");
    const next = again().journal;
    await next.load();
    expect(next.find("a")).toMatchObject({ ended: { end: DONE }, reported: { isTaken: true } });
    expect(next.open().map(({ id }) => id)).toEqual(["b"]);
  });

  it("accepts an action again only if it was never started", async () => {
    const { accept, journal } = setUp();
    await accept("a");
    await journal.ended("a", "boot", { outcome: "cancelled" });
    expect(await accept("a")).toMatchObject({ ended: null });
    await journal.started("a", "boot");
    expect((await accept("a")).started).not.toBeNull();
  });

  it("treats a torn last line as the start of its action, and does not lose the next line", async () => {
    const { accept, files, text, again } = setUp();
    await accept("a");
    await files.append(PATH, '{"is":"started","id":"a","a', { sync: true });
    const next = again();
    await next.journal.load();
    expect(next.journal.find("a")).toMatchObject({ started: null, mayHaveStarted: true });
    await next.journal.ended("a", "boot", DONE);
    const last = again().journal;
    await last.load();
    expect(last.find("a")).toMatchObject({ mayHaveStarted: true, ended: { end: DONE } });
    expect(text().endsWith("\n")).toBe(true);
  });

  it("treats a damaged line as the start of each action that it may belong to, and of no other", async () => {
    const started = '{"is":"started","id":"a","at":1,"bootId":"boot","sinceBootMs":5}';
    const cuts = Array.from({ length: started.length - 1 }, (_, index) => started.slice(0, index + 1));
    for (const damaged of [...cuts, "\0".repeat(40), "\ufffd{{", started.replace("}", "\0")]) {
      const { accept, files, again } = setUp();
      await accept("a");
      await files.append(PATH, damaged, { sync: true });
      const { journal } = again();
      await journal.load();
      expect(journal.find("a"), damaged).toMatchObject({ started: null, mayHaveStarted: true });
    }
  });

  it("does not treat a torn line of another step or another action as a start", async () => {
    for (const torn of [
      '{"is":"accepted","id":"b"',
      '{"is":"ended","id":"a"',
      '{"is":"started","id":"b","at":',
    ]) {
      const { accept, files, again } = setUp();
      await accept("a");
      if (torn.includes("started")) await accept("b");
      await files.append(PATH, torn, { sync: true });
      const { journal } = again();
      await journal.load();
      expect(journal.find("a"), torn).toMatchObject({ mayHaveStarted: false });
    }
  });

  it("remembers what may have started when the file is rewritten, and does not accept it again", async () => {
    const { accept, files, again } = setUp();
    await accept("a");
    await files.append(PATH, '{"is":"started","id":"a', { sync: true });
    const next = again();
    for (let n = 0; n < 40; n += 1) await next.finish(`new-${n}`, { text: "x".repeat(30_000) });
    const last = again();
    expect(await last.accept("a")).toMatchObject({ mayHaveStarted: true });
  });

  it("rejects an action while the disk cannot store it, and continues when it can", async () => {
    const { accept, journal, files, again } = setUp();
    await accept("a");
    files.failWrites("ENOSPC");
    await expect(journal.started("a", "boot")).rejects.toThrow("ENOSPC");
    expect(journal.find("a")?.started).toBeNull();
    files.failWrites(null);
    await journal.started("a", "boot");
    const next = again().journal;
    await next.load();
    expect(next.find("a")?.started).not.toBeNull();
  });

  it("rejects everything while it cannot be read, as it is unknown what was started", async () => {
    const files = createFakeFiles();
    const { accept } = setUp({ files: { ...files, read: () => Promise.reject(new Error("EIO")) } });
    await expect(accept("a")).rejects.toThrow("EIO");
    expect(files.contents.has(PATH)).toBe(false);
  });

  it("keeps a reboot open until it came back, or can no longer come back", async () => {
    const { accept, journal } = setUp();
    await accept("a");
    await journal.started("a", "boot");
    await journal.ended("a", "boot", NOT_BACK);
    await journal.reported("a", true);
    expect(journal.open()).toHaveLength(1);
    await journal.ended("a", "boot-2", DONE);
    await journal.reported("a", true);
    expect(journal.open()).toEqual([]);
  });

  it("does not change the actions of an earlier enrolment", async () => {
    const { accept, files, clock } = setUp();
    await accept("a");
    const next = setUp({ files, clock, deviceId: "another" }).journal;
    await next.load();
    expect(next.open()).toEqual([]);
  });

  it("removes entries older than a month from a large file, and keeps what may still be repeated or reported", async () => {
    const { finish, accept, journal, clock, text, again } = setUp();
    const large = { text: "x".repeat(30_000) };
    for (let n = 0; n < 20; n += 1) await finish(`old-${n}`, large);
    await accept("waiting");
    await journal.started("waiting", "boot");
    await clock.advance(32 * 86_400_000);
    for (let n = 0; n < 20; n += 1) await finish(`new-${n}`, large);
    expect(text().length).toBeLessThan(700_000);
    const next = again().journal;
    await next.load();
    expect(next.find("old-0")).toBeUndefined();
    expect(next.find("new-0")?.started).not.toBeNull();
    expect(next.open().map(({ id }) => id)).toEqual(["waiting"]);
  });

  it("does not keep a long result in memory after the server has it", async () => {
    const { accept, journal } = setUp();
    await accept("a");
    await journal.started("a", "boot");
    const lines = Array.from({ length: 100 }, () => "x".repeat(100));
    await journal.ended("a", "boot", { outcome: "done", result: { lines } });
    expect(journal.find("a")?.ended?.end).toMatchObject({ result: { lines } });
    await journal.reported("a", true);
    expect(journal.find("a")?.ended?.end).toEqual({ outcome: "done", result: {} });
  });
});
