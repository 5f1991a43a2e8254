import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StartError } from "../start-error.ts";
import { backUpSqlite, prepareRestore } from "./sqlite-backup.ts";

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "muster-backup-"));
  const source = new Database(at("muster.db"));
  source.exec(
    "create table schema_migrations (name text); create table server_settings (name text, value text); create table big (text)",
  );
  const insert = source.prepare("insert into big values (?)");
  source.transaction(() => {
    for (let row = 0; row < 2_000; row += 1) insert.run("x".repeat(4_000));
  })();
  source.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(path.sep !== "/")("a backup", () => {
  it("can never be read by others, also while it is written", async () => {
    const before = process.umask(0o000);
    const modes = new Set<number>();
    const watcher = watch(folder, (_, name) => {
      const status = name === null ? undefined : lstatSync(at(name), { throwIfNoEntry: false });
      if (status && name?.startsWith("out.db")) modes.add(status.mode & 0o077);
    });
    try {
      await backUpSqlite(at("muster.db"), at("out.db"));
      await expect.poll(() => modes.size).toBeGreaterThan(0);
    } finally {
      watcher.close();
      process.umask(before);
    }
    expect([...modes]).toEqual([0]);
    expect(statSync(at("out.db")).mode & 0o777).toBe(0o600);
    const copy = new Database(at("out.db"), { readonly: true });
    expect(copy.prepare("select count(*) as rows from big").get()).toEqual({ rows: 2_000 });
    copy.close();
    expect(readdirSync(folder).toSorted()).toEqual(["muster.db", "out.db"]);
  });

  it("follows no link and replaces no file", async () => {
    symlinkSync(at("elsewhere"), at("link.db"));
    writeFileSync(at("file.db"), "kept");
    await expect(backUpSqlite(at("muster.db"), at("link.db"))).rejects.toThrow(StartError);
    await expect(backUpSqlite(at("muster.db"), at("file.db"))).rejects.toThrow(StartError);
    expect(existsSync(at("elsewhere"))).toBe(false);
    expect(readFileSync(at("file.db"), "utf8")).toBe("kept");
  });

  it("leaves nothing behind when it fails", async () => {
    writeFileSync(at("broken.db"), "not a database at all, but long enough to be read as one".repeat(100));
    await expect(backUpSqlite(at("broken.db"), at("out.db"))).rejects.toThrow();
    expect(readdirSync(folder).toSorted()).toEqual(["broken.db", "muster.db"]);
  });
});

describe.skipIf(path.sep !== "/")("a prepared restore", () => {
  it("is private although the backup is not, and follows no link", async () => {
    chmodSync(at("muster.db"), 0o644);
    symlinkSync(at("elsewhere"), at("target.db.restoring"));
    const restore = await prepareRestore(at("muster.db"), at("target.db"), "now").catch(
      (error: unknown) => error,
    );
    expect(existsSync(at("elsewhere"))).toBe(false);
    expect(restore).toMatchObject({ url: `sqlite:${at("target.db.restoring")}` });
    expect(lstatSync(at("target.db.restoring")).mode & 0o777).toBe(0o600);
  });
});
