import { expect, test } from "vitest";
import { mountRowsOf } from "./mount-rows.ts";

test("lists what the inventory has, then what only does not respond or is excluded", () => {
  const member = { source: "member" as const, mount: "/srv", by: "Ann", at: "2026-01-01T00:00:00.000Z" };
  const rows = mountRowsOf({
    inventory: null,
    diskMount: "/srv",
    hungFileSystems: ["/mnt/nas"],
    excludedMounts: [member, { source: "device", mount: "/srv" }, { source: "device", mount: "/backup" }],
  });
  expect(rows.map(({ mount }) => mount)).toEqual(["/backup", "/mnt/nas", "/srv"]);
  expect(rows[0]).toMatchObject({ isHung: false, excludedHere: true, exclusion: null });
  expect(rows[1]).toMatchObject({ isHung: true, excludedHere: false, exclusion: null });
  expect(rows[2]).toMatchObject({ isFullest: true, excludedHere: true, exclusion: member });
});
