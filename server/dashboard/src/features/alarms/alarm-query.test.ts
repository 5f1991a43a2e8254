import { describe, expect, it } from "vitest";
import { type AlarmQuery, formatAlarmQuery, parseAlarmQuery, toAlarmFilter } from "./alarm-query.ts";

const ID = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";

describe("the address of the list of alarms", () => {
  it.each([
    "",
    "state=unacknowledged&severity=critical&severity=warning",
    `state=ended&customer=${ID}&type=metric&device=${ID}&rule=${ID}&assignee=mine&search=disk+full&sort=opened`,
  ])("is the same after reading and writing %j", (address) =>
    expect(formatAlarmQuery(parseAlarmQuery(address))).toBe(address),
  );

  it("leaves out what no filter has", () => {
    const query = parseAlarmQuery("state=odd&severity=bad&customer=x&device=y&assignee=z&sort=name");
    expect(formatAlarmQuery(query)).toBe("");
  });

  it("orders ended alarms by their end, and never open ones", () => {
    expect(parseAlarmQuery("state=ended").sort).toBe("ended");
    expect(parseAlarmQuery("sort=ended").sort).toBe("severity");
  });
});

describe("the filter of a request", () => {
  const filterOf = (change: Partial<AlarmQuery>) =>
    toAlarmFilter({ ...parseAlarmQuery(""), ...change }, "me");

  it.each([
    ["open", { state: "open", acknowledged: undefined }],
    ["unacknowledged", { state: "open", acknowledged: false }],
    ["acknowledged", { state: "open", acknowledged: true }],
    ["snoozed", { state: "open", snoozed: true, unstable: undefined }],
    ["unstable", { state: "open", snoozed: undefined, unstable: true }],
    ["ended", { state: "ended", acknowledged: undefined }],
    ["all", { state: "all", acknowledged: undefined }],
  ] as const)("asks for the state %s", (state, expected) =>
    expect(filterOf({ state })).toMatchObject(expected),
  );

  it("asks for the reader's own alarms, those of nobody, and those of a member", () => {
    const asked = ["mine", "none", ID].map((assignee) => filterOf({ assignee }).assignee);
    expect(asked).toEqual(["me", "none", ID]);
  });
});
