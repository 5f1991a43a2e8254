import { describe, expect, it } from "vitest";
import { type SessionOutcome, type ShowInSession, showInSessions } from "./show-in-sessions.ts";

const never = new AbortController().signal;
const shown = (user: string, pressed: number | null = null): SessionOutcome => ({
  kind: "shown",
  user,
  by: "test",
  pressed,
});

/** A question that stays until it is taken away. */
const waits =
  (user: string): ShowInSession =>
  async (onShown, signal) => {
    onShown();
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return shown(user);
  };

describe("showing to each session", () => {
  it("closes the question in all sessions after the first answer", async () => {
    const calls: string[] = [];
    const outcome = await showInSessions(
      ["Now", "Later"],
      [waits("ann"), async () => shown("bob", 1), waits("cem")],
      () => calls.push("shown"),
      never,
    );
    expect(outcome.pressed).toBe("Later");
    expect(outcome.shown.map(({ user }) => user)).toEqual(["ann", "bob", "cem"]);
    expect(calls).toEqual(["shown"]);
  });

  it("ends without an answer when it is aborted", async () => {
    const giveUp = new AbortController();
    const showing = showInSessions([], [waits("ann")], () => giveUp.abort(), giveUp.signal);
    expect(await showing).toEqual({ shown: [{ user: "ann", by: "test" }], notShown: [], pressed: null });
  });

  it("reports who did not see it and why, and does not call onShown when nobody did", async () => {
    const calls: string[] = [];
    const session: ShowInSession = async () => ({ kind: "not-shown", user: "ann", reason: "locked\n" });
    const outcome = await showInSessions([], [session], () => calls.push("shown"), never);
    expect(outcome).toEqual({ shown: [], notShown: [{ user: "ann", reason: "locked" }], pressed: null });
    expect(calls).toEqual([]);
  });

  it("returns two empty lists when nobody is logged in", async () => {
    expect(await showInSessions([], [], () => undefined, never)).toEqual({
      shown: [],
      notShown: [],
      pressed: null,
    });
  });
});
