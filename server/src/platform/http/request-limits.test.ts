import { describe, expect, test } from "vitest";
import type { DeviceCaller, UserCaller } from "./caller.ts";
import { createRequestLimits, DEFAULT_LIMIT_RATES } from "./request-limits.ts";

const device = (orgId: string, name: string): DeviceCaller => ({
  kind: "device",
  orgId,
  deviceId: name,
  credentialId: name,
});

describe("limits of devices", () => {
  const rates = {
    ...DEFAULT_LIMIT_RATES,
    device: { perSecond: 1, burst: 2 },
    organization: { perSecond: 1, burst: 3 },
  };

  test("share a limit within an organization, and another organization has its own", () => {
    const { count } = createRequestLimits(rates, { now: () => 0, monotonic: () => 0 });
    for (const name of ["one", "two", "three"]) count(device("a", name), "192.0.2.1");
    expect(() => count(device("a", "four"), "192.0.2.1")).toThrow("Too many requests");
    expect(() => count(device("b", "five"), "192.0.2.1")).not.toThrow();
  });

  test("do not reduce the limit of the organization when one device sends too much", () => {
    const { count } = createRequestLimits(rates, { now: () => 0, monotonic: () => 0 });
    const greedy = device("a", "greedy");
    count(greedy, "192.0.2.1");
    count(greedy, "192.0.2.1");
    for (let turn = 0; turn < 10; turn += 1) {
      expect(() => count(greedy, "192.0.2.1")).toThrow("Too many requests");
    }
    expect(() => count(device("a", "modest"), "192.0.2.1")).not.toThrow();
  });
});

test("all sessions of a user share one limit, whatever organization is selected", () => {
  const rates = { ...DEFAULT_LIMIT_RATES, member: { perSecond: 1, burst: 2 } };
  const { count } = createRequestLimits(rates, { now: () => 0, monotonic: () => 0 });
  const user = (userId: string, sessionId: string): UserCaller => ({
    kind: "user",
    orgId: sessionId,
    userId,
    sessionId,
    name: "Ada",
    role: "viewer",
    customerIds: null,
  });
  for (const session of ["s1", "s2"]) count(user("u1", session), "192.0.2.1");
  expect(() => count(user("u1", "s3"), "192.0.2.2")).toThrow("Too many requests");
  expect(() => count(user("u2", "s4"), "192.0.2.1")).not.toThrow();
});

describe("limits of work", () => {
  const rate = { perSecond: 10, burst: 100 };
  const rates = {
    ...DEFAULT_LIMIT_RATES,
    work: { device: rate, organization: { perSecond: 10, burst: 150 }, member: rate, address: rate },
  };
  const start = () => createRequestLimits(rates, { now: () => 0, monotonic: () => 0 });

  test("refuse a device that has used too much with the time to wait, and not another device", () => {
    const { accountOf } = start();
    accountOf(device("a", "one"), "192.0.2.1").addWork(120);
    expect(() => accountOf(device("a", "one"), "192.0.2.1").requireCredit()).toThrow(
      expect.objectContaining({ code: "rate-limited", retryAfterS: 2 }),
    );
    expect(() => accountOf(device("a", "two"), "192.0.2.1").requireCredit()).not.toThrow();
  });

  test("are shared by the devices of an organization, and another organization has its own", () => {
    const { accountOf } = start();
    for (const name of ["one", "two"]) accountOf(device("a", name), "192.0.2.1").addWork(90);
    expect(() => accountOf(device("a", "three"), "192.0.2.1").requireCredit()).toThrow("too much");
    expect(() => accountOf(device("b", "four"), "192.0.2.1").requireCredit()).not.toThrow();
  });

  test("count bytes as work: 1 ms for 32 KiB", () => {
    const { accountOf } = start();
    const account = accountOf({ kind: "nobody" }, "192.0.2.1");
    account.addBytes(32_768 * 100);
    expect(() => account.requireCredit()).not.toThrow();
    account.addBytes(32_768);
    expect(() => account.requireCredit()).toThrow("too much");
  });
});
