import { beforeEach, describe, expect, it } from "vitest";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import { trayHostTest, watchTrayHost } from "./tray-host.ts";

let clock: FakeClock;
let hasHost: boolean;
let came: number;
beforeEach(() => {
  clock = createFakeClock();
  hasHost = false;
  came = 0;
});

const watch = () => watchTrayHost({ hasHost: async () => hasHost, clock, came: () => (came += 1) });

describe("the host of tray icons", () => {
  it("is available immediately", async () => {
    hasHost = true;
    expect((await watch()).isThere()).toBe(true);
    expect(clock.timers()).toBe(0);
  });

  it("may start a moment after the tray without being reported as missing", async () => {
    const watching = watch();
    hasHost = true;
    await clock.advance(2000);
    expect((await watching).isThere()).toBe(true);
    expect(came).toBe(0);
  });

  it("is reported as missing when it does not start, and reported when it starts later", async () => {
    const watching = watch();
    await clock.advance(4000);
    const host = await watching;
    expect(host.isThere()).toBe(false);
    hasHost = true;
    await clock.advance(30_000);
    expect(host.isThere()).toBe(true);
    expect(came).toBe(1);
    expect(clock.timers()).toBe(0);
  });

  it("is not checked after the end", async () => {
    const watching = watch();
    await clock.advance(4000);
    (await watching).end();
    expect(clock.timers()).toBe(0);
  });
});

it("is checked on the bus of the session, and only on Linux", async () => {
  expect(await trayHostTest("windows", {})()).toBe(true);
  expect(await trayHostTest("macos", {})()).toBe(true);
  expect(await trayHostTest("linux", {})()).toBe(false);
  expect(await trayHostTest("linux", { XDG_RUNTIME_DIR: "/nowhere" })()).toBe(false);
});
