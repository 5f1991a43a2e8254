import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { describe, expect, it, vi } from "vitest";
import { makeJob } from "../../../../../tests/harness/action-job.ts";
import { messageHandler } from "./message.handler.ts";

const payload = ACTIONS.message.payload.parse({
  title: "Hello",
  text: "<b>World</b>",
  buttons: ["Yes", "No"],
});

describe("message", () => {
  it("reports that it is shown before a button is pressed, then which button", async () => {
    const { job, host, platform, progress } = makeJob();
    const ending = messageHandler.run(payload, job, host);
    await vi.waitFor(() => expect(progress).toEqual([["shown", null]]));
    platform.messages.press("No");
    expect(await ending).toMatchObject({
      outcome: "done",
      result: { shown: [{ user: "ann" }], pressed: "No" },
    });
    expect(platform.messages.shown).toEqual([payload]);
  });

  it("is an error when no user could see it, with every reason", async () => {
    const { job, host, platform, progress } = makeJob();
    const notShown = [
      { user: "ann", reason: "locked" },
      { user: "bob", reason: "no display" },
    ];
    platform.messages.answer({ shown: [], notShown, pressed: null });
    expect(await messageHandler.run(payload, job, host)).toEqual({
      outcome: "error",
      code: "nobody-reached",
      message: "ann: locked; bob: no display",
    });
    const other = makeJob();
    other.platform.messages.answer({ shown: [], notShown: [], pressed: null });
    expect(await messageHandler.run(payload, other.job, other.host)).toMatchObject({
      message: "No user is logged in.",
    });
    expect(progress).toEqual([]);
  });

  it("is done when one user saw it, and names those who did not", async () => {
    const { job, host, platform } = makeJob();
    const notShown = [{ user: "bob", reason: "locked" }];
    platform.messages.answer({ shown: [{ user: "ann", by: "wall" }], notShown, pressed: null });
    expect(await messageHandler.run({ ...payload, buttons: [] }, job, host)).toMatchObject({
      result: { notShown },
    });
  });

  it("stops waiting for a button before the server gives up", async () => {
    const { job, host, platform, progress } = makeJob();
    const ending = messageHandler.run(payload, job, host);
    await vi.waitFor(() => expect(progress).toHaveLength(1));
    await platform.clock.advance((ACTIONS.message.timeoutS - 60) * 1000);
    expect(await ending).toMatchObject({ outcome: "done", result: { pressed: null } });
    expect(platform.clock.timers()).toBe(0);
  });

  it("ends with what is known when the agent stops", async () => {
    const { job, host, stop, progress } = makeJob();
    const ending = messageHandler.run(payload, job, host);
    await vi.waitFor(() => expect(progress).toHaveLength(1));
    stop();
    expect(await ending).toMatchObject({ outcome: "done", result: { pressed: null } });
  });

  it("cuts the system's texts to the length of the contract", async () => {
    const { job, host, platform } = makeJob();
    const shown = Array.from({ length: 150 }, () => ({ user: `\u001b[31m${"x".repeat(300)}`, by: "" }));
    platform.messages.answer({ shown, notShown: [{ user: "", reason: "\n" }], pressed: null });
    const end = await messageHandler.run({ ...payload, buttons: [] }, job, host);
    expect(end.outcome === "done" && ACTIONS.message.result.safeParse(end.result).success).toBe(true);
  });

  it("does not accept a button that was not offered", async () => {
    const { job, host, platform, progress } = makeJob();
    const ending = messageHandler.run(payload, job, host);
    await vi.waitFor(() => expect(progress).toHaveLength(1));
    platform.messages.press("rm -rf");
    expect(await ending).toMatchObject({ result: { pressed: null } });
  });
});
