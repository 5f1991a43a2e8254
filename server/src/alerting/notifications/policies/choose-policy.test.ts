import { PolicyDefinition } from "@muster/shared/contracts/notification-policy.ts";
import { describe, expect, it } from "vitest";
import { choosePolicy, type Policy, type PolicySubject } from "./choose-policy.ts";

const subject: PolicySubject = {
  severity: "critical",
  customerId: "customer-1",
  ruleId: "rule-1",
  device: { tags: ["web"], deviceClass: "server" },
};
let count = 0;
function policy(definition: object, isEnabled = true): Policy {
  count += 1;
  return { id: `policy-${count}`, isEnabled, definition: PolicyDefinition.parse(definition) };
}

describe("choosePolicy", () => {
  it("uses the default without a policy: warnings and above", () => {
    expect(choosePolicy([], subject, 0)?.definition.recipients.roles).toEqual(["owner", "admin"]);
    expect(choosePolicy([], { ...subject, severity: "info" }, 0)).toBeNull();
  });

  it("takes the first one that matches, and none of the default where policies exist", () => {
    const first = policy({ match: { severities: ["warning"] } });
    const second = policy({ match: { severities: ["critical"] } });
    const third = policy({});
    expect(choosePolicy([first, second, third], subject, 0)).toBe(second);
    expect(choosePolicy([policy({}, false), third], subject, 0)).toBe(third);
    expect(choosePolicy([first], subject, 0)).toBeNull();
  });

  it.each([
    [{ customerIds: ["customer-1"] }, true],
    [{ customerIds: ["2f0e"] }, false],
    [{ ruleIds: ["rule-1"] }, true],
    [{ ruleIds: ["rule-2"] }, false],
    [{ tags: ["db", "web"] }, true],
    [{ tags: ["db"] }, false],
    [{ classes: ["server"] }, true],
    [{ classes: ["laptop"] }, false],
  ])("with %j matches: %s", (match, isMatch) => {
    const given: Policy = { ...policy({}), definition: { ...policy({}).definition, match: matchOf(match) } };
    expect(choosePolicy([given], subject, 0) !== null).toBe(isMatch);
  });

  it("skips a policy outside its hours", () => {
    const ranges = [{ days: [1, 2, 3, 4, 5], start: "08:00", end: "17:00" }];
    const [day, always] = [policy({ activeHours: { zone: "Europe/Berlin", ranges } }), policy({})];
    expect(choosePolicy([day, always], subject, Date.UTC(2026, 10, 30, 12))).toBe(day);
    expect(choosePolicy([day, always], subject, Date.UTC(2026, 10, 30, 20))).toBe(always);
  });
});

function matchOf(match: object) {
  const all = { severities: [], customerIds: [], tags: [], classes: [], ruleIds: [] };
  return { ...all, ...match };
}
