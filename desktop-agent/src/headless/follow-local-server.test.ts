import { describe, expect, it } from "vitest";
import { HOME, storeIdentity } from "../../../tests/harness/fake-agent.ts";
import { readIdentity } from "../agent/device-identity.ts";
import { createFakePlatform } from "../platform/fake/fake-platform.ts";
import { followLocalServer } from "./follow-local-server.ts";

async function follow(enrolledAt: string, given: string) {
  const platform = createFakePlatform();
  const server = { url: enrolledAt, caPem: null, insecureHttp: false };
  await storeIdentity(platform, { server });
  const hasChanged = await followLocalServer({ platform, home: HOME }, given);
  const stored = await readIdentity(platform.files, HOME);
  return { hasChanged, url: stored.kind === "enrolled" && stored.identity.server.url };
}

describe("an agent beside its server", () => {
  it("follows it to another port", async () => {
    expect(await follow("http://127.0.0.1:8080", "http://127.0.0.1:9090")).toEqual({
      hasChanged: true,
      url: "http://127.0.0.1:9090",
    });
  });

  it.each([
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
    ["http://127.0.0.1:8080", "https://fleet.example"],
    ["https://fleet.example", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080", "no address"],
  ])("stays at %s when it is told %s", async (enrolledAt, given) => {
    expect(await follow(enrolledAt, given)).toEqual({ hasChanged: false, url: enrolledAt });
  });
});
