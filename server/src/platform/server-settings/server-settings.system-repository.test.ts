import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DIALECTS, openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import { createServerSettings } from "./server-settings.system-repository.ts";

describe.each(DIALECTS)("server settings on %s", (dialect) => {
  let test: TestStore;
  beforeAll(async () => {
    test = await openTestStore(dialect);
  });
  afterAll(() => test.remove());

  it("keeps the first value of a name, and returns it to every later caller", async () => {
    const settings = createServerSettings(test.store);
    expect(await settings.read("colour")).toBeNull();
    const kept = await Promise.all(
      ["red", "blue", "green"].map((value) => settings.storeIfAbsent("colour", value)),
    );
    expect(new Set(kept).size).toBe(1);
    expect(await settings.storeIfAbsent("colour", "white")).toBe(kept[0]);
    expect(await settings.read("colour")).toBe(kept[0]);
  });
});
