import { describe, expect, it } from "vitest";
import { ruleForInstance } from "./effective-rules.ts";
import { REPORT, rulesOf } from "./rules.fixture.ts";

const cpu = { settings: { metric: "cpu", warning: 80 } };
const files = (instances: string[]) => ({ settings: { metric: "fileSystem.used", warning: 80, instances } });
const DEVICE = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
const CUSTOMER = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6072";
const scopes = {
  device: { kind: "device", deviceId: DEVICE },
  tag: { kind: "tag", tag: "web" },
  customer: { kind: "customer", customerId: CUSTOMER },
  class: { kind: "class", deviceClass: "server" },
  organization: { kind: "organization" },
};
const subject = { ...REPORT, deviceId: DEVICE, customerId: CUSTOMER };
const applied = (...args: Parameters<typeof rulesOf>) =>
  rulesOf(...args)
    .effectiveFor(subject)
    .groups.map((group) => group.map(({ id }) => id));

describe("the rules of a device", () => {
  it("are those of its scopes, from the most specific one on", () => {
    const rules = Object.entries(scopes).map(([name, scope]) => ({ name, scope, ...cpu }));
    expect(applied(rules.toReversed())).toEqual([["device", "tag", "customer", "class", "organization"]]);
    const foreign = [
      { name: "other tag", scope: { kind: "tag", tag: "db" }, ...cpu },
      { name: "other class", scope: { kind: "class", deviceClass: "laptop" }, ...cpu },
      { name: "other device", scope: { kind: "device", deviceId: CUSTOMER }, ...cpu },
      { name: "other customer", scope: { kind: "customer", customerId: DEVICE }, ...cpu },
    ];
    expect(applied(foreign)).toEqual([]);
  });

  it("are decided by position where they are equally specific", () => {
    const rules = [
      { name: "second", scope: { kind: "tag", tag: "web" }, ...cpu },
      { name: "first", scope: { kind: "tag", tag: "eu" }, ...cpu },
    ];
    expect(applied(rules)).toEqual([["second", "first"]]);
    expect(applied(rules.toReversed())).toEqual([["first", "second"]]);
  });

  it("compete with rules of the same type and metric only, and not with those that are off", () => {
    const rules = [
      { name: "cpu", ...cpu },
      { name: "memory", settings: { metric: "memory", warning: 80 } },
      { name: "health", type: "health", settings: { critical: 60 } },
      { name: "offline", type: "offline", settings: {} },
    ];
    expect(applied(rules)).toEqual([["cpu"], ["memory"], ["health"], ["offline"]]);
    expect(applied(rules, false)).toEqual([]);
  });

  it("are chosen for each instance by its name", () => {
    const set = rulesOf([
      { name: "data", scope: scopes.tag, ...files(["/srv*", "/data"]) },
      { name: "all", ...files([]) },
    ]);
    const [group = []] = set.effectiveFor(subject).valueGroups;
    const chosen = ["/srv/a", "/data", "/"].map((mount) => ruleForInstance(group, mount)?.id);
    expect(chosen).toEqual(["data", "data", "all"]);
  });

  it("are found once for all devices that belong to the same places", () => {
    const set = rulesOf([
      { name: "all", ...cpu },
      { name: "own", scope: scopes.device, ...cpu },
    ]);
    const other = { ...subject, deviceId: "another" };
    expect(set.effectiveFor(other)).toBe(set.effectiveFor({ ...subject, deviceId: "a third" }));
    expect(set.effectiveFor(subject).groups[0]?.[0]?.id).toBe("own");
    expect(set.effectiveFor(other).groups[0]?.[0]?.id).toBe("all");
  });
});
