import { describe, expect, it } from "vitest";
import { parseUnits, toService } from "./parse-systemd-unit.ts";

const unit = (name: string, load: string, active: string, sub: string) => [
  name,
  "A description",
  load,
  active,
  sub,
  "",
  `/org/freedesktop/systemd1/unit/${name}`,
  0,
  "",
  "/",
];
const [nginx] = parseUnits([unit("nginx.service", "loaded", "failed", "failed")]);
if (!nginx) throw new Error("the unit is not read");

describe("the units of systemd", () => {
  it("have a state of their own for a wait before a restart and for a finished oneshot", () => {
    const units = parseUnits([
      unit("loop.service", "loaded", "activating", "auto-restart"),
      unit("once.service", "loaded", "active", "exited"),
      unit("hidden.service", "masked", "inactive", "dead"),
    ]);
    expect(units.map(({ state }) => state)).toEqual(["starting", "exited", "inactive"]);
  });

  it("are left out when they are no services or exist only by name", () => {
    const units = [
      unit("a.socket", "loaded", "active", "running"),
      unit("gone.service", "not-found", "inactive", "dead"),
    ];
    expect(parseUnits([...units, "no unit", []])).toEqual([]);
    expect(parseUnits(undefined)).toEqual([]);
  });

  it("take the largest UINT64, systemd's 'not set', for no value", () => {
    const notSet = Number(18446744073709551615n);
    expect(toService(nginx, { StateChangeTimestamp: notSet, NRestarts: notSet })).toMatchObject({
      sinceMs: undefined,
      restarts: undefined,
    });
  });

  it("tell why a service failed", () => {
    const given = {
      Result: "exit-code",
      ExecMainCode: 1,
      ExecMainStatus: 3,
      MainPID: 0,
      NRestarts: 5,
      StateChangeTimestamp: 1_795_163_100_000_999,
      UnitFileState: "enabled-runtime",
    };
    expect(toService(nginx, given)).toEqual({
      name: "nginx.service",
      state: "failed",
      nativeState: "failed",
      startup: "enabled",
      result: "exit-code",
      exitCode: 3,
      pid: undefined,
      restarts: 5,
      sinceMs: 1_795_163_100_000,
    });
  });
});
