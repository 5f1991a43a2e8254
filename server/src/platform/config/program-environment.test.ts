import { expect, it } from "vitest";
import { readProgramEnvironment } from "./program-environment.ts";

it("gives programs the way to the registry, and none of the server's settings", () => {
  const given = {
    PATH: "/usr/bin",
    https_proxy: "http://proxy:3128",
    npm_config_registry: "https://npm.example.org",
    MUSTER_MASTER_KEY: "secret",
    MUSTER_DATABASE_URL: "postgres://user:secret@host/db",
    PGPASSWORD: "secret",
    NODE_OPTIONS: "--inspect",
  };
  expect(readProgramEnvironment(given)).toEqual({
    PATH: "/usr/bin",
    https_proxy: "http://proxy:3128",
    npm_config_registry: "https://npm.example.org",
  });
});
