import { afterAll, describe, expect, it } from "vitest";
import { startLoginService } from "../testing/login-service.ts";
import { startPrivateBus } from "../testing/private-bus.ts";
import { isSessionLocked } from "./is-session-locked.ts";

const bus = await startPrivateBus();
const socketPath = bus?.socketPath ?? "";

describe.skipIf(bus === null)("a locked session on a private bus (skipped without dbus-daemon)", () => {
  afterAll(() => bus?.stop());

  it.each([true, false])("is reported by the login manager: %s", async (isLocked) => {
    const property = "/org/freedesktop/login1/session/auto LockedHint";
    const service = await startLoginService(socketPath, { [property]: ["b", isLocked] });
    expect(await isSessionLocked(`unix:path=${socketPath}`)).toBe(isLocked);
    service.stop();
  });

  it("is none without a login manager", async () => {
    expect(await isSessionLocked(`unix:path=${socketPath}`)).toBe(false);
    expect(await isSessionLocked("unix:path=/nowhere/bus")).toBe(false);
  });
});
