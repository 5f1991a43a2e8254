import { expect, test } from "vitest";
import { openTestStore } from "../../../../tests/harness/test-store.ts";
import { startHistoryThread } from "./history-thread.ts";

test("fails when its thread ends, instead of waiting forever", async () => {
  const place = await openTestStore("sqlite");
  const packer = startHistoryThread(place.store);
  const range = { bound: "id", after: 0, through: 1, nextDeviceNo: 0 } as const;
  const packing = packer.pack(range)[Symbol.asyncIterator]();
  const [batch] = await Promise.allSettled([packing.next(), packer.close()]);
  expect(batch).toMatchObject({ status: "rejected", reason: { message: "The history thread ended." } });
  await place.remove();
});
