import { expect, test } from "vitest";
import { hasDevPackages, isInstalled } from "./install-state.mjs";

const wanted = {
  "": {},
  "node_modules/@muster/shared": { link: true },
  "node_modules/hono": { version: "4.0.0" },
  "node_modules/vitest": { version: "5.1.0", dev: true },
  "node_modules/other-system": { version: "1.0.0", optional: true },
};
const hono = { "node_modules/hono": { version: "4.0.0" } };
const vitest = { "node_modules/vitest": { version: "5.1.0", dev: true } };

test("reports that nothing is installed when npm never finished", () => {
  expect(isInstalled({ wanted, installed: {} }, { dev: false })).toBe(false);
});

test("accepts production packages for a start, but not for tests", () => {
  expect(isInstalled({ wanted, installed: hono }, { dev: false })).toBe(true);
  expect(isInstalled({ wanted, installed: hono }, { dev: true })).toBe(false);
});

test("accepts a full installation for both", () => {
  expect(isInstalled({ wanted, installed: { ...hono, ...vitest } }, { dev: false })).toBe(true);
  expect(isInstalled({ wanted, installed: { ...hono, ...vitest } }, { dev: true })).toBe(true);
});

test("reports another version than the required one as stale, even of an optional package", () => {
  const older = { "node_modules/hono": { version: "3.9.0" } };
  const optional = { "node_modules/other-system": { version: "0.9.0" } };
  expect(isInstalled({ wanted, installed: older }, { dev: false })).toBe(false);
  expect(isInstalled({ wanted, installed: { ...hono, ...optional } }, { dev: false })).toBe(false);
});

test("recognises a full installation, so that it is updated as a full one", () => {
  expect(hasDevPackages(hono)).toBe(false);
  expect(hasDevPackages({ ...hono, ...vitest })).toBe(true);
});
