import { afterEach, describe, expect, test, vi } from "vitest";
import type { MessageToShow } from "../../desktop-agent/src/platform/ports.ts";
import { desktopPackages } from "../harness/desktop-packages.ts";
import { type DesktopSession, startDesktopSession } from "../harness/desktop-session.ts";
import { changedPixels } from "../harness/framebuffer.ts";

const obstacle = await desktopPackages();
const name =
  obstacle === null ? "a message on a real desktop" : `a message on a real desktop, not shown: ${obstacle}`;

const WAIT = { timeout: 20_000, interval: 50 };
const MANY_PIXELS = 5_000;
const never = new AbortController().signal;
const nobodyWaits = () => undefined;
const asked = (message: Partial<MessageToShow>): MessageToShow => ({
  title: "Maintenance",
  text: "The network is down from 18:00 to 18:30.",
  urgency: "normal",
  buttons: [],
  ...message,
});

describe.skipIf(obstacle !== null)(name, () => {
  const sessions: DesktopSession[] = [];
  const desktop = async (hasDaemon = true) => {
    const session = await startDesktopSession({ hasDaemon });
    sessions.push(session);
    return session;
  };
  afterEach(() => {
    for (const session of sessions.splice(0)) session.stop();
  });

  test("is a notification on the screen of the user", async () => {
    const session = await desktop();
    const empty = session.screenshot();
    const onShown = vi.fn<() => void>();
    const outcome = await session.messages.show(asked({}), onShown, never);
    expect(outcome).toEqual({
      shown: [{ user: session.user, by: "notify-send" }],
      notShown: [],
      pressed: null,
    });
    expect(onShown).toHaveBeenCalledOnce();
    await vi.waitFor(
      () => expect(changedPixels(empty, session.screenshot())).toBeGreaterThan(MANY_PIXELS),
      WAIT,
    );
    expect(await session.closeAll()).toEqual([
      { appName: "Muster", title: "Maintenance", body: "The network is down from 18:00 to 18:30." },
    ]);
    await vi.waitFor(() => expect(changedPixels(empty, session.screenshot())).toBe(0), WAIT);
  });

  test("is shown as text, whatever it contains", async () => {
    const session = await desktop();
    const title = "--help <b>Été</b> & $(id)";
    const text =
      'A <u>link</u> <a href="file:///etc/passwd">here</a> \\074u\\076 \\n &lt; \u001b[31m\u202e end';
    await session.messages.show(asked({ title, text, urgency: "urgent" }), nobodyWaits, never);
    expect(await session.closeAll()).toEqual([
      {
        appName: "Muster",
        title,
        body: 'A &lt;u&gt;link&lt;/u&gt; &lt;a href="file:///etc/passwd"&gt;here&lt;/a&gt; \\074u\\076 \\n &amp;lt; \ufffd[31m\ufffd end',
      },
    ]);
  });

  test.each(["Tonight", "-No <b>& later</b>"])("returns the button %j that was pressed", async (label) => {
    const session = await desktop();
    const outcome = await session.messages.show(
      asked({ title: "Restart?", buttons: ["Tonight", "-No <b>& later</b>"] }),
      () => void session.press(label),
      never,
    );
    expect(outcome).toEqual({
      shown: [{ user: session.user, by: "D-Bus" }],
      notShown: [],
      pressed: label,
    });
  });

  test("has no answer when it is closed, and is removed when it is aborted", async () => {
    const session = await desktop();
    const empty = session.screenshot();
    const closed = session.messages.show(asked({ buttons: ["Yes"] }), () => void session.closeAll(), never);
    expect((await closed).pressed).toBeNull();

    const giveUp = new AbortController();
    const onShown = vi.fn<() => void>();
    const showing = session.messages.show(asked({ buttons: ["Yes", "No"] }), onShown, giveUp.signal);
    await vi.waitFor(
      () => expect(changedPixels(empty, session.screenshot())).toBeGreaterThan(MANY_PIXELS),
      WAIT,
    );
    await vi.waitFor(() => expect(onShown).toHaveBeenCalledOnce(), WAIT);
    giveUp.abort();
    expect((await showing).pressed).toBeNull();
    await vi.waitFor(() => expect(changedPixels(empty, session.screenshot())).toBe(0), WAIT);
  });

  test("is a window where no notification daemon runs, and is closed when it is aborted", async () => {
    const session = await desktop(false);
    const empty = session.screenshot();
    const giveUp = new AbortController();
    const onShown = vi.fn<() => void>();
    const showing = session.messages.show(
      asked({ text: "A <u>b</u> \\074", buttons: ["Yes_1", "No"] }),
      onShown,
      giveUp.signal,
    );
    await vi.waitFor(
      () => expect(changedPixels(empty, session.screenshot())).toBeGreaterThan(MANY_PIXELS),
      WAIT,
    );
    await vi.waitFor(() => expect(onShown).toHaveBeenCalledOnce(), WAIT);
    giveUp.abort();
    expect((await showing).shown).toEqual([{ user: session.user, by: "zenity" }]);
    await vi.waitFor(() => expect(changedPixels(empty, session.screenshot())).toBe(0), WAIT);
  });

  test("does not wait for an answer at a locked screen, and reports when no user is there", async () => {
    const session = await desktop();
    session.lock();
    const onShown = vi.fn<() => void>();
    expect(await session.messages.show(asked({}), onShown, never)).toEqual({
      shown: [],
      notShown: [{ user: session.user, reason: "locked" }],
      pressed: null,
    });
    session.logOut();
    expect(await session.messages.show(asked({}), onShown, never)).toEqual({
      shown: [],
      notShown: [],
      pressed: null,
    });
    expect([onShown.mock.calls, await session.closeAll()]).toEqual([[], []]);
  });
});
