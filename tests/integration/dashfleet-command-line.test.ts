import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("keys of legacy systems at the command line on %s", (dialect) => {
  let shell: TestShell;
  let orgId: string;
  beforeEach(async () => {
    shell = await openShell(dialect);
    orgId = (await shell.run(["org", "create", "Harbour IT"], { json: true })).json.orgId;
  });
  afterEach(() => shell.remove());

  const create = (...args: string[]) => shell.run(["key", "create", "--org", orgId, ...args], { json: true });

  test("are created with one right, or with both by naming both, and bound to a machine", async () => {
    const agent = await create("--compat", "dashfleet-agent", "--machine", "server-01");
    expect(agent).toMatchObject({ exitCode: 0, json: { secret: expect.stringMatching(/^mk_[\w-]{43}$/) } });
    const both = await create("--compat", "dashfleet-agent", "dashfleet-operator", "--name", "Both");
    expect(both.exitCode).toBe(0);
    const { json } = await shell.run(["key", "list"], { json: true });
    expect(json.items).toMatchObject([
      { name: "Both", scopes: [], compat: ["dashfleet-agent", "dashfleet-operator"], compatMachineId: null },
      { name: "dashfleet-agent", scopes: [], compat: ["dashfleet-agent"], compatMachineId: "server-01" },
      { scopes: ["read", "write", "act", "reboot"], compat: ["dashfleet-operator", "dashfleet-agent"] },
    ]);
  });

  test.each([
    [["--compat", "dashfleet-owner"]],
    [["--compat", "dashfleet-agent", "--scopes", "read"]],
    [["--compat", "dashfleet-agent", "--days", "3"]],
    [["--compat", "dashfleet-agent", "--machine", "<b>"]],
    [["--name", "k", "--scopes", "read", "--machine", "server-01"]],
    [["--name", "k"]],
  ])("are not created from %j", async (args) => {
    const { exitCode, json } = await create(...args);
    expect([exitCode, json.error.code]).toEqual([2, "usage"]);
    expect((await shell.run(["key", "list"], { json: true })).json.items).toHaveLength(1);
  });
});
