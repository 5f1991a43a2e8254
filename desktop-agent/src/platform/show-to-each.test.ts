import { describe, expect, it } from "vitest";
import { type SessionOutcome, type ShowInSession, showToEach } from "./show-to-each.ts";

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
  it("takes the question away everywhere once it is answered somewhere", async () => {
    const calls: string[] = [];
    const outcome = await showToEach(
      ["Now", "Later"],
      [waits("ann"), async () => shown("bob", 1), waits("cem")],
      () => calls.push("shown"),
      never,
    );
    expect(outcome.pressed).toBe("Later");
    expect(outcome.shown.map(({ user }) => user)).toEqual(["ann", "bob", "cem"]);
    expect(calls).toEqual(["shown"]);
  });

  it("ends without an answer when it is given up", async () => {
    const giveUp = new AbortController();
    const showing = showToEach([], [waits("ann")], () => giveUp.abort(), giveUp.signal);
    expect(await showing).toEqual({ shown: [{ user: "ann", by: "test" }], notShown: [], pressed: null });
  });

  it("tells who did not see it and why, and does not say shown when nobody did", async () => {
    const calls: string[] = [];
    const session: ShowInSession = async () => ({ kind: "not-shown", user: "ann", reason: "locked\n" });
    const outcome = await showToEach([], [session], () => calls.push("shown"), never);
    expect(outcome).toEqual({ shown: [], notShown: [{ user: "ann", reason: "locked" }], pressed: null });
    expect(calls).toEqual([]);
  });

  it("says that nobody is logged in by two empty lists", async () => {
    expect(await showToEach([], [], () => undefined, never)).toEqual({
      shown: [],
      notShown: [],
      pressed: null,
    });
  });
});
