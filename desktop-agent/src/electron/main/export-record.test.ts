import type { ActivityRecord } from "@muster/shared/contracts/local-agent.ts";
import { expect, it } from "vitest";
import { recordCsv } from "./export-record.ts";

const action = {
  id: "0198c0de-0000-7000-8000-000000000003",
  type: "message",
  askedBy: "=HYPERLINK(1)",
  why: '@SUM(A1) "x"',
  askedAtMs: Date.UTC(2027, 0, 4, 8),
  here: { startedAtMs: null, endedAtMs: Date.UTC(2027, 0, 4, 9), outcome: "done", message: null },
  differs: true,
} as const;
const record: ActivityRecord = { actions: [action], compared: { kind: "no", reason: "not reached" } };

it("writes one row per action, with formulas neutralized and times in UTC", () => {
  const [head, row] = recordCsv(record).trim().split("\r\n");
  expect(head?.split(",")).toHaveLength(14);
  expect(row).toBe(
    [
      `"${action.id}"`,
      '"message"',
      `"'=HYPERLINK(1)"`,
      `"'@SUM(A1) ""x"""`,
      '"2027-01-04T08:00:00.000Z"',
      '"done"',
      '""',
      '"2027-01-04T09:00:00.000Z"',
      '""',
      '""',
      '""',
      '""',
      '""',
      '"true"',
    ].join(","),
  );
});
