import { describe, expect, it } from "vitest";
import { createPlatform } from "./create-platform.ts";
import { createSampleTaker } from "./testing/collect-sample.ts";

describe("createPlatform", () => {
  it("reads the machine that the test runs on", async () => {
    const platform = await createPlatform();
    const take = createSampleTaker(platform.metrics, platform.clock);
    await take();
    const sample = await take();
    expect(sample.memory).toBeGreaterThan(0);
    expect(sample.disk).toBeGreaterThan(0);
    expect(await platform.identity.bootId()).toBe(await platform.identity.bootId());
    expect(await platform.processes.runOf(process.pid)).not.toBeNull();
  });
});
