import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { describe, expect, it } from "vitest";
import { HOME } from "../../../../../tests/harness/fake-agent.ts";
import { makeJob } from "../../../../../tests/harness/action-job.ts";
import type { RebootPort } from "../../../platform/ports.ts";
import { rebootHandler } from "./reboot.handler.ts";

const payload = ACTIONS.reboot.payload.parse({ delayMinutes: 5 });
const MINUTE_MS = 60_000;

function cancelling(outcome: Awaited<ReturnType<RebootPort["cancel"]>>): RebootPort {
  return {
    obstacle: async () => null,
    schedule: async () => ({ kind: "scheduled" }),
    cancel: async () => outcome,
  };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe("reboot", () => {
  it("is an error when the system refuses it or already has one scheduled", async () => {
    const { job, host, platform, progress } = makeJob();
    platform.reboots.fail("not permitted");
    expect(await rebootHandler.run(payload, job, host)).toMatchObject({
      code: "failed",
      message: "not permitted",
    });
    platform.reboots.fail(null);
    await platform.reboots.schedule({ delayMinutes: 1, message: "" });
    expect(await rebootHandler.run(payload, job, host)).toMatchObject({ code: "failed" });
    expect(progress).toEqual([]);
    expect(platform.reboots.scheduled).toHaveLength(1);
  });

  it("leaves no timer behind when it ends", async () => {
    const { job, host, platform, cancel } = makeJob();
    const ending = rebootHandler.run(payload, job, host);
    await settle();
    expect(host.countdowns.size).toBe(1);
    cancel();
    expect(await ending).toEqual({ outcome: "cancelled" });
    expect([host.countdowns.size, platform.clock.timers()]).toEqual([0, 0]);
  });

  it("is cancelled when nothing is scheduled any more before its time", async () => {
    const { job, host, cancel } = makeJob({ reboots: cancelling({ kind: "none-scheduled" }) });
    const ending = rebootHandler.run(payload, job, host);
    cancel();
    expect(await ending).toEqual({ outcome: "cancelled" });
  });

  it("is not reported as cancelled when nothing is scheduled after its time: the machine may be going down", async () => {
    const { job, host, platform, cancel } = makeJob({ reboots: cancelling({ kind: "none-scheduled" }) });
    const ending = rebootHandler.run(payload, job, host);
    await platform.clock.advance(5 * MINUTE_MS + 1);
    cancel();
    await platform.clock.advance(15 * MINUTE_MS);
    expect(await ending).toMatchObject({ code: "not-back" });
  });

  it("continues and gives the reason when the system does not cancel it", async () => {
    const { job, host, platform, progress, cancel } = makeJob({
      reboots: cancelling({ kind: "failed", reason: "not permitted" }),
    });
    const ending = rebootHandler.run(payload, job, host);
    await settle();
    cancel();
    await settle();
    expect(progress).toEqual([
      ["counting-down", 5 * MINUTE_MS],
      ["counting-down", 5 * MINUTE_MS, "The reboot cannot be cancelled: not permitted"],
    ]);
    await platform.clock.advance(20 * MINUTE_MS);
    expect(await ending).toMatchObject({ code: "not-back" });
  });

  it("is done by a run under another boot id", async () => {
    const { job, host, platform } = makeJob({ bootIdAtStart: "before" });
    expect(await rebootHandler.resume?.(payload, job, host)).toEqual({
      outcome: "done",
      result: { bootIdBefore: "before", bootIdAfter: platform.machine.bootId },
    });
  });

  it("is interrupted in a run of the same boot that finds no plan of it", async () => {
    const { job, host, platform } = makeJob();
    expect(await rebootHandler.resume?.(payload, job, host)).toMatchObject({ code: "interrupted" });
    expect([platform.reboots.scheduled, (await host.localUsers.load()).reboots.find(job.id)]).toEqual([
      [],
      undefined,
    ]);
  });

  it.each(["[{", "[null]", '[{"actionId":"a","bootId":"b","dueSinceBootMs":1}]'])(
    "is waited for and never scheduled again in a run that finds the plans damaged: %s",
    async (damaged) => {
      const { job, host, platform } = makeJob();
      await platform.files.replace(HOME.reboots, damaged, { sync: true });
      await platform.clock.advance(19 * MINUTE_MS);
      const ending = rebootHandler.resume?.(payload, job, host);
      await platform.clock.advance(MINUTE_MS);
      expect(await ending).toMatchObject({ code: "not-back" });
      expect(platform.reboots.scheduled).toEqual([]);
    },
  );
});
