import { expect, test } from "vitest";
import { createWriteQueue } from "./write-queue.ts";

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test("runs one writer at a time", async () => {
  const lane = createWriteQueue(() => 0);
  const first = gate();
  const seen: string[] = [];
  const one = lane.run("ordinary", async () => {
    await first.opened;
    seen.push("one");
  });
  const two = lane.run("ordinary", () => seen.push("two"));
  expect(seen).toEqual([]);
  first.open();
  await Promise.all([one, two]);
  expect(seen).toEqual(["one", "two"]);
});

test("lets the hot path overtake ordinary writers, unless one has waited too long", async () => {
  let now = 0;
  const lane = createWriteQueue(() => now, 20);
  const first = gate();
  const seen: string[] = [];
  const running = lane.run("hot", () => first.opened);
  const patient = lane.run("ordinary", () => seen.push("patient"));
  now = 15;
  const other = lane.run("ordinary", () => seen.push("other"));
  const hot = lane.run("hot", () => {
    seen.push("hot");
  });
  const hotAgain = lane.run("hot", () => {
    seen.push("hot again");
  });
  now = 25;
  first.open();
  await Promise.all([running, patient, other, hot, hotAgain]);
  expect(seen).toEqual(["patient", "hot", "hot again", "other"]);
});

test("lets the event loop run between two writers, also when the second one was not waiting yet", async () => {
  const lane = createWriteQueue(() => 0);
  const seen: string[] = [];
  setImmediate(() => seen.push("event loop"));
  for (const name of ["one", "two"]) await lane.run("ordinary", () => seen.push(name));
  expect(seen).toEqual(["one", "event loop", "two"]);
});

test("continues after a writer that failed", async () => {
  const lane = createWriteQueue(() => 0);
  await expect(
    lane.run("ordinary", () => {
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await expect(lane.run("ordinary", () => "yes")).resolves.toBe("yes");
});

test("does not let many ordinary writers block the hot path, however long they have waited", async () => {
  let now = 0;
  const lane = createWriteQueue(() => now, 20);
  const first = gate();
  const seen: string[] = [];
  const running = lane.run("hot", () => first.opened);
  const crowd = Array.from({ length: 3 }, (_, index) =>
    lane.run("ordinary", () => seen.push(`other ${index}`)),
  );
  const hot = Array.from({ length: 2 }, (_, index) => lane.run("hot", () => seen.push(`hot ${index}`)));
  now = 1000;
  first.open();
  await Promise.all([running, ...crowd, ...hot]);
  expect(seen).toEqual(["other 0", "hot 0", "other 1", "hot 1", "other 2"]);
});
