import { describe, expect, it } from "vitest";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { stateReaderOf } from "../../agent/state/state-files.ts";
import { readPause } from "../../agent/state/pause-store.ts";
import { writePolicy } from "../../agent/state/policy-store.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { pauseCommand } from "./pause.command.ts";

const KEPT = { samples: 30, fiveMinutes: 90, hours: 730 };

async function setUp(longestPauseS: number | null) {
  const platform = createFakePlatform();
  await writePolicy(platform.files, HOME, { id: "0123abcd", longestPauseS, keptDays: KEPT });
  const inMs = (ms: number) => new Date(platform.clock.wallMs() + ms).toISOString();
  return {
    context: { platform, home: HOME },
    inMs,
    stored: () => readPause(stateReaderOf(platform.files), HOME),
  };
}

describe("muster-agent pause", () => {
  it("pauses for the requested time", async () => {
    const { context, inMs } = await setUp(3600);
    expect(await pauseCommand(context, { for: "30m" })).toMatchObject({
      text: `Paused until ${inMs(1_800_000)}.`,
      data: { paused: { until: inMs(1_800_000) } },
    });
  });

  it.each([{ for: "2h" }, {}])(
    "limits %j to what the organization allows, and reports it",
    async (options) => {
      const { context, inMs, stored } = await setUp(3600);
      expect(await pauseCommand(context, options)).toMatchObject({
        text: `Paused until ${inMs(3_600_000)}. This is the maximum pause of the organization.`,
        data: { isCut: true },
      });
      expect(await stored()).toMatchObject({ forMs: 3_600_000 });
    },
  );

  it("is refused where the organization allows none", async () => {
    const { context, stored } = await setUp(0);
    expect(await pauseCommand(context, { for: "1m" })).toMatchObject({ kind: "failed", exit: "refused" });
    expect(await stored()).toBeNull();
  });

  it("pauses until resumed where there is no limit", async () => {
    const { context } = await setUp(null);
    expect(await pauseCommand(context, {})).toMatchObject({ text: "Paused until resumed." });
  });
});
