import { PolicyDefinition } from "@muster/shared/contracts/notification-policy.ts";
import { describe, expect, it } from "vitest";
import { choosePolicy, type Policy, type PolicySubject } from "./choose-policy.ts";
import { isWithinHours } from "./policy-hours.ts";

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
    const hours = { zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5], from: "08:00", to: "17:00" };
    const [day, always] = [policy({ hours }), policy({})];
    expect(choosePolicy([day, always], subject, Date.UTC(2026, 10, 30, 12))).toBe(day);
    expect(choosePolicy([day, always], subject, Date.UTC(2026, 10, 30, 20))).toBe(always);
  });
});

function matchOf(match: object) {
  const all = { severities: [], customerIds: [], tags: [], classes: [], ruleIds: [] };
  return { ...all, ...match };
}

describe("isWithinHours", () => {
  const night = { zone: "Europe/Berlin", weekdays: [5], from: "22:00", to: "06:00" };

  it("counts the morning after to the day on which the night began", () => {
    // Friday, 27 November 2026, 22:30 in Berlin.
    expect(isWithinHours(night, Date.UTC(2026, 10, 27, 21, 30))).toBe(true);
    expect(isWithinHours(night, Date.UTC(2026, 10, 28, 4, 59))).toBe(true);
    expect(isWithinHours(night, Date.UTC(2026, 10, 28, 5))).toBe(false);
    expect(isWithinHours(night, Date.UTC(2026, 10, 27, 4))).toBe(false);
  });

  it("follows the local time over a change of the clocks", () => {
    const morning = { zone: "Europe/Berlin", weekdays: [7], from: "08:00", to: "09:00" };
    expect(isWithinHours(morning, Date.UTC(2026, 2, 22, 7, 30))).toBe(true);
    expect(isWithinHours(morning, Date.UTC(2026, 2, 29, 6, 30))).toBe(true);
    expect(isWithinHours(morning, Date.UTC(2026, 2, 29, 7, 30))).toBe(false);
  });
});
