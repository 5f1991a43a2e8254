import { afterAll, describe, expect, it } from "vitest";
import { startPrivateBus } from "../testing/private-bus.ts";
import { BUS, connectDbus } from "./dbus/dbus-connection.ts";
import { hasStatusNotifierHost } from "./status-notifier-host.ts";

const bus = await startPrivateBus();
const address = `unix:path=${bus?.socketPath ?? ""}`;

describe.skipIf(bus === null)("a host of tray icons on a private bus (skipped without dbus-daemon)", () => {
  afterAll(() => bus?.stop());

  it("is there while something watches for icons", async () => {
    expect(await hasStatusNotifierHost(address)).toBe(false);
    const watcher = await connectDbus(bus?.socketPath ?? "");
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
