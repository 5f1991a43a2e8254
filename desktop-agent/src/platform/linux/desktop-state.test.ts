import { afterAll, describe, expect, it } from "vitest";
import { startPrivateBus } from "../testing/private-bus.ts";
import { BUS, connectDbus } from "./dbus/dbus-connection.ts";
import { hasStatusNotifierHost, isSessionLocked } from "./desktop-state.ts";
import { startLoginService } from "../testing/login-service.ts";

const bus = await startPrivateBus();
const socketPath = bus?.socketPath ?? "";
const address = `unix:path=${socketPath}`;

afterAll(() => bus?.stop());

describe.skipIf(bus === null)("a host of tray icons on a private bus (skipped without dbus-daemon)", () => {
  it("is there while something watches for icons", async () => {
    expect(await hasStatusNotifierHost(address)).toBe(false);
    const watcher = await connectDbus(socketPath);
    const name = ["org.kde.StatusNotifierWatcher", 0];
    await watcher.call({ ...BUS, member: "RequestName", signature: "su", body: name });
    expect(await hasStatusNotifierHost(address)).toBe(true);
    watcher.close();
    await watcher.closed;
  });
});

it("is not there without a bus", async () => {
  expect(await hasStatusNotifierHost("unix:path=/nowhere/bus")).toBe(false);
});

describe.skipIf(bus === null)("a locked session on a private bus (skipped without dbus-daemon)", () => {
  it.each([true, false])("is reported by the login manager: %s", async (isLocked) => {
    const property = "/org/freedesktop/login1/session/auto LockedHint";
    const service = await startLoginService(socketPath, { [property]: ["b", isLocked] });
    expect(await isSessionLocked(address)).toBe(isLocked);
    service.stop();
  });

  it("is none without a login manager", async () => {
    expect(await isSessionLocked(address)).toBe(false);
    expect(await isSessionLocked("unix:path=/nowhere/bus")).toBe(false);
  });
});
