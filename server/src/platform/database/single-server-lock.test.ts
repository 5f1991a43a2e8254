import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
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

it("lets one server at a time use a database", () => {
  const file = path.join(folder, "muster.db");
  const first = acquireSingleServerLock(file);
  expect(() => acquireSingleServerLock(file)).toThrow(StartError);
  acquireSingleServerLock(path.join(folder, "other.db")).release();
  first.release();
  acquireSingleServerLock(file).release();
});

it.skipIf(path.sep !== "/")("cannot be opened by other accounts, and follows no link", () => {
  const file = path.join(folder, "muster.db");
  const lockFile = `${file}.server-lock`;
  acquireSingleServerLock(file).release();
  expect(statSync(lockFile).mode & 0o777).toBe(0o600);
  chmodSync(lockFile, 0o644);
  acquireSingleServerLock(file).release();
  expect(statSync(lockFile).mode & 0o777).toBe(0o600);
  rmSync(lockFile);
  symlinkSync(path.join(folder, "elsewhere"), lockFile);
  expect(() => acquireSingleServerLock(file)).toThrow(/is a link to a file that does not exist/);
  expect(existsSync(path.join(folder, "elsewhere"))).toBe(false);
});
