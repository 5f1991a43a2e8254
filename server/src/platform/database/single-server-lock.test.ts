import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { StartError } from "../start-error.ts";
import { acquireSingleServerLock } from "./single-server-lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "muster-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("lets one server at a time have a database", () => {
  const file = path.join(folder, "muster.db");
  const first = acquireSingleServerLock(file);
  expect(() => acquireSingleServerLock(file)).toThrow(StartError);
  acquireSingleServerLock(path.join(folder, "other.db")).release();
  first.release();
  acquireSingleServerLock(file).release();
});
