import { pino } from "pino";
import { expect, test } from "vitest";
import { createManualClock } from "../../../tests/harness/manual-clock.ts";
import { createLocalEventBus } from "../platform/events/local-event-bus.ts";
import { createOrganizationSettings } from "./organization-settings.ts";

const ORG = "01890a5d-ac96-774b-bcce-000000000001";

function setUp() {
  const clock = createManualClock();
  const events = createLocalEventBus(pino({ level: "silent" }));
  const stored = { supportContact: null, longestPauseS: 3600 };
  let reads = 0;
  const settings = createOrganizationSettings({
    organizations: {
      async get(id) {
        reads += 1;
        const times = { offlineAfterS: 600, reportIntervalS: 30, createdAt: "2026-01-01T00:00:00.000Z" };
        const edit = { version: 1, updatedAt: null, updatedBy: null };
        return { id, name: "Acme", ...times, ...edit, ...stored };
      },
    },
    events,
    clock,
    retention: { rawDays: 30, fiveMinuteDays: 90, hourDays: 730 },
  });
  return { clock, events, stored, settings, reads: () => reads };
}

test("reads an organization at most once in ten seconds", async () => {
  const { clock, settings, reads } = setUp();
  const first = await settings.of(ORG);
  clock.advance(9_999);
  expect(settings.of(ORG)).toBe(first);
  expect(reads()).toBe(1);
  clock.advance(1);
  await settings.of(ORG);
  expect(reads()).toBe(2);
});

test("returns the new policy as soon as it gets the hint of a change", async () => {
  const { events, stored, settings } = setUp();
  const before = (await settings.of(ORG)).policy;
  stored.longestPauseS = 0;
  events.publish({ topic: "organization.changed", orgId: ORG, ids: [ORG] });
  const after = (await settings.of(ORG)).policy;
  expect(after.longestPauseS).toBe(0);
  expect(after.id).not.toBe(before.id);
});
