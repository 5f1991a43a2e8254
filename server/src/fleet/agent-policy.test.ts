import { AgentPolicy } from "@muster/shared/contracts/report.ts";
import { expect, test } from "vitest";
import { agentPolicy, devicePolicy } from "./agent-policy.ts";

const RETENTION = { rawDays: 30, fiveMinuteDays: 90, hourDays: 730 };

test("contains the longest pause and how long history is kept", () => {
  const policy = agentPolicy(3600, RETENTION);
  expect(AgentPolicy.parse(policy)).toEqual(policy);
  expect(policy).toMatchObject({
    longestPauseS: 3600,
    keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
  });
});

test("has the same id for the same content, and another for any other", () => {
  const other = [
    agentPolicy(null, RETENTION),
    agentPolicy(0, RETENTION),
    agentPolicy(3600, RETENTION),
    agentPolicy(3600, { ...RETENTION, rawDays: 31 }),
    agentPolicy(3600, { ...RETENTION, fiveMinuteDays: 31 }),
    agentPolicy(3600, { ...RETENTION, hourDays: 31 }),
  ];
  expect(new Set(other.map(({ id }) => id)).size).toBe(other.length);
  expect(agentPolicy(3600, { ...RETENTION })).toEqual(agentPolicy(3600, RETENTION));
});

test("is the organization's for a device without exclusions, and otherwise has its own id", () => {
  const policy = agentPolicy(3600, RETENTION);
  expect(devicePolicy(policy, [])).toBe(policy);
  const own = devicePolicy(policy, ["/srv", "/mnt"]);
  expect(AgentPolicy.parse(own)).toEqual({ ...policy, id: own.id, excludedMounts: ["/mnt", "/srv"] });
  expect(devicePolicy(policy, ["/mnt", "/srv"]).id).toBe(own.id);
  expect(new Set([policy.id, own.id, devicePolicy(policy, ["/srv"]).id]).size).toBe(3);
});
