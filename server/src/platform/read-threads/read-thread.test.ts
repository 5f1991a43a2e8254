import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import { readerLocationOf } from "../database/read-store.ts";
import { type ReadThread, startReadThread } from "./read-thread.ts";

const never = new AbortController().signal;
const request = (name: string, input: unknown = null) => ({ kind: "run", name, input }) as const;

describe("a read thread", () => {
  let place: TestStore;
  let thread: ReadThread;
  beforeAll(async () => {
    place = await openTestStore("sqlite");
    const script = new URL("./served-reads.fixture.ts", import.meta.url);
    thread = startReadThread(script, { location: readerLocationOf(place.store) });
  });
  afterAll(async () => {
    await thread.close();
    await place.remove();
  });

  test("answers with the encoded output and the CPU time that it took", async () => {
    // Longer than a tick of the kernel, by which some systems count.
    const outcome = await thread.run(request("count", 60_000_000), never);
    expect(outcome).toMatchObject({ kind: "done", json: '{"counted":60000000}' });
    expect(outcome.cpuMs).toBeGreaterThan(0);
  });

  test("cannot write", async () => {
    const outcome = await thread.run(request("write"), never);
    // As a read-only database: the same answer as that of one whose disk became read-only.
    expect(outcome).toMatchObject({ kind: "refused", code: "unavailable" });
  });

  test("passes on an expected error with its code, details and time to wait", async () => {
    expect(await thread.run(request("refuse"), never)).toMatchObject({
      kind: "refused",
      code: "bad-request",
      message: "The cursor is invalid.",
      details: [{ path: "cursor", message: "is invalid" }],
      retryAfterS: 7,
    });
  });

  test("stops a read that is abandoned, and runs the next one", async () => {
    const leaving = new AbortController();
    const endless = thread.run(request("endless"), leaving.signal);
    expect(thread.isBusy).toBe(true);
    leaving.abort();
    expect(await endless).toMatchObject({ kind: "failed" });
    expect(thread.isBusy).toBe(false);
    expect(await thread.run(request("echo", 1), never)).toMatchObject({ json: "1" });
  });

  test("is replaced after it ended, and the running read fails", async () => {
    await expect(thread.run(request("crash"), never)).rejects.toThrow("ended");
    expect(await thread.run(request("echo", 2), never)).toMatchObject({ json: "2" });
  });
});
