import { expect, it } from "vitest";
import { makeDevice } from "../fleet/device.factory.ts";
import { countReadiness } from "./action-target.tsx";

it("lists who gets it immediately, after the pause and on the return", () => {
  const online = makeDevice({ id: "web-01" });
  expect(online.presence.shown).toBe("online");
  const paused = { presence: { ...online.presence, paused: { until: null } } };
  const offline = { presence: { ...online.presence, shown: "offline" as const } };
  expect(countReadiness([online, online, paused, offline])).toEqual({ online: 2, paused: 1, silent: 1 });
});
