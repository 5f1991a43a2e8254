import { describe, expect, it } from "vitest";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { createActionJournal } from "../../agent/actions/action-journal.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { actionsCommand } from "./actions.command.ts";

function setUp() {
  const platform = createFakePlatform();
  const { files, clock } = platform;
  const journal = createActionJournal({ files, path: HOME.actions, clock, deviceId: "device" });
  const context = { platform, home: HOME };
  const order = (actionId: string, type: string) =>
    journal.accepted({
      v: 1,
      organizationId: "o",
      deviceId: "device",
      actionId,
      type,
      payload: {},
      nonce: "n",
      validUntil: 0,
    });
  return { context, journal, order };
}

describe("muster-agent actions", () => {
  it("lists completed, running and refused actions, newest first", async () => {
    const { context, journal, order } = setUp();
    await order("a", "message");
    await journal.started("a", "boot");
    await journal.ended("a", "boot", { outcome: "done", result: { pressed: null } });
    await journal.reported("a", true);
    await order("b", "reboot");
    await journal.ended("b", "boot", {
      outcome: "error",
      code: "forbidden-by-device",
      message: "not \u001b[2Jhere",
    });
    await order("c", "reboot");
    await journal.started("c", "boot");
    const listed = await actionsCommand(context, {});
    const lines = listed.kind === "done" ? listed.text.split("\n") : [];
    expect(lines.map((line) => line.slice(26))).toEqual([
      "reboot             under way",
      "reboot             not started: forbidden-by-device, not \ufffd[2Jhere",
      "message            done",
    ]);
    expect(listed).toMatchObject({
      data: {
        actions: [
          { id: "c", endedAt: null, end: null, serverKnows: false },
          { id: "b", startedAt: null, end: { code: "forbidden-by-device" } },
          { id: "a", end: { outcome: "done" }, serverKnows: true },
        ],
      },
    });
    expect(await actionsCommand(context, { last: "1" })).toMatchObject({ data: { actions: [{ id: "c" }] } });
  });

  it("reports that there are none, and refuses an invalid number", async () => {
    const { context } = setUp();
    expect(await actionsCommand(context, {})).toMatchObject({
      text: "No action has been run on this machine yet.",
    });
    expect(await actionsCommand(context, { last: "0" })).toMatchObject({ kind: "failed", exit: "usage" });
  });
});
