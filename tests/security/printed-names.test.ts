import { afterEach, beforeEach, expect, test } from "vitest";
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";

const HOSTILE = "\u001b[2J\u009b31mAcme\u202e\u200b Ltd\u2066";
/** Everything but letters, digits, punctuation and line breaks of ASCII. */
const UNPRINTABLE = /[^\u0020-\u007e\n]/;

let shell: TestShell;
beforeEach(async () => {
  shell = await openShell("sqlite");
});
afterEach(() => shell.remove());

/** Names as an older version stored them. */
async function storeHostileNames(): Promise<void> {
  const store = await openStore({ url: shell.databaseUrl, log: pino({ level: "silent" }), migrations });
  await store.transaction(async (tx) => {
    await tx.updateTable("organizations").set({ name: HOSTILE }).execute();
    await tx.updateTable("users").set({ name: HOSTILE }).execute();
    await tx.updateTable("api_keys").set({ name: HOSTILE }).execute();
    await tx.updateTable("enrolment_tokens").set({ name: HOSTILE }).execute();
  });
  await store.close();
}

test("the command line prints no stored name that controls a terminal", async () => {
  await shell.run(["org", "create", "Acme"]);
  const user = ["user", "create", "--email", "ada@acme.example", "--name", "Ada", "--role", "owner"];
  await shell.run([...user, "--password-stdin"], { stdin: "kettle-orbit-mango" });
  await shell.run(["token", "create"]);
  await storeHostileNames();
  for (const command of [
    ["org", "list"],
    ["user", "list"],
    ["key", "list"],
    ["token", "list"],
  ]) {
    for (const json of [false, true]) {
      const { exitCode, out, err } = await shell.run(command, { json });
      expect([exitCode, err]).toEqual([0, ""]);
      expect(out).toContain("Acme Ltd");
      expect(out).not.toMatch(UNPRINTABLE);
    }
  }
});

test("names with such characters are refused", async () => {
  await shell.run(["org", "create", "Acme"]);
  for (const args of [
    ["org", "create", "Acme\u202e"],
    ["key", "create", "--name", "k\u200b", "--scopes", "read"],
    ["token", "create", "--name", "t\u2066"],
    ["token", "create", "--customer", "c\u200f"],
    ["token", "create", "--tag", "t\u200d"],
    ["user", "create", "--email", "a@b.example", "--name", "A\u200e", "--role", "viewer"],
  ]) {
    const { exitCode, out, err } = await shell.run(args);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).not.toMatch(UNPRINTABLE);
  }
});
