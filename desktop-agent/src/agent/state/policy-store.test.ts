import { expect, it } from "vitest";
import { createFakeFiles } from "../../platform/fake/fake-files.ts";
import { createAgentHome } from "./agent-home.ts";
import { maxPauseMs, readPolicy, writePolicy } from "./policy-store.ts";
import { stateReaderOf } from "./state-files.ts";

const policy = (longestPauseS: number | null) => ({
  id: "00000000",
  longestPauseS,
  keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
});

it("stores how long a pause may last", () => {
  expect([null, policy(null), policy(0), policy(3600)].map(maxPauseMs)).toEqual([
    Infinity,
    Infinity,
    0,
    3_600_000,
  ]);
});

it("is a whole number in the range of every program, whatever a server sends", () => {
  expect(Number.isSafeInteger(maxPauseMs(policy(Number.MAX_SAFE_INTEGER)))).toBe(true);
});

it("asks for a policy again that an older agent stored without the excluded mounts", async () => {
  const files = createFakeFiles();
  const home = createAgentHome("/home");
  const stored = { ...policy(60), id: "0000000a" };
  await files.replace(home.policy, JSON.stringify(stored), { sync: true });
  expect(await readPolicy(stateReaderOf(files), home)).toEqual({ ...stored, id: "00000000" });
  await writePolicy(files, home, stored);
  expect(await readPolicy(stateReaderOf(files), home)).toEqual({ ...stored, excludedMounts: [] });
});
