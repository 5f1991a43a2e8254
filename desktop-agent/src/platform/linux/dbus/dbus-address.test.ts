import { describe, expect, it } from "vitest";
import { dbusSocketPath } from "./dbus-address.ts";

describe("dbusSocketPath", () => {
  it.each([
    [undefined, "/run/dbus/system_bus_socket"],
    ["unix:path=/tmp/bus,guid=1f2e", "/tmp/bus"],
    ["tcp:host=localhost;unix:path=/tmp/my%20bus", "/tmp/my bus"],
    ["unix:abstract=hidden", "\0hidden"],
    ["launchd:env=X", "/run/dbus/system_bus_socket"],
  ])("of %j is %j", (address, path) => {
    expect(dbusSocketPath(address)).toBe(path);
  });
});
