import { join } from "node:path";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { HOME, INTERVAL_S, makeAgent } from "../../../../tests/harness/fake-agent.ts";
import { createPrivateFiles } from "../../platform/private-files.ts";
import { createAgentHome } from "./agent-home.ts";
import { createStateFiles } from "./state-files.ts";
import { takeRunLock } from "./run-lock.ts";

const SECONDARY = [
  "outbox",
  "policy",
  "hour",
  "pause",
  "inbox",
  "reboots",
  "unsentReadReceipts",
  "status",
  "spool",
] as const;

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function makeHome() {
  const root = await mkdtemp(join(tmpdir(), "muster-state-"));
  folders.push(root);
  const home = createAgentHome(root);
  const warned: string[] = [];
  const files = createStateFiles({
    files: createPrivateFiles({ syncsFolders: true }),
    home,
    warn: (message) => void warned.push(message),
  });
  return { home, files, warned };
}

describe("a damaged file of the agent's state", () => {
  it.each(SECONDARY)("does not end the agent where %s is a folder", async (name) => {
    const before = await makeAgent();
    await before.agent.start();
    await before.pass(2 * INTERVAL_S);
    before.platform.files.breakPath(HOME[name], "EISDIR");
    before.server.answerWith({
      policy: { id: "0123abcd", longestPauseS: 60, keptDays: { samples: 1, fiveMinutes: 1, hours: 1 } },
    });
    const next = await makeAgent(before.platform, before.server);
    await next.agent.start();
    await next.agent.openFor({ user: "ada", isAtConsole: async () => true });
    const stored = next.server.stored.length;
    await next.pass(3 * INTERVAL_S);
    expect(next.server.stored.length).toBeGreaterThan(stored);
    await next.agent.stop("agent-stopped");
    expect(next.logged.join("\n")).toContain(HOME[name]);
  });

  it.each(["EIO", "EACCES", "EISDIR"])("is reported as a fault when it cannot be read: %s", async (code) => {
    const { platform, server, agent, pass } = await makeAgent();
    platform.files.breakPath(HOME.outbox, code);
    await agent.start();
    await pass(2);
    expect(server.stored.at(-1)?.facts?.faults).toEqual([
      { kind: "damaged-file", subject: HOME.outbox, detail: `${code}: ${HOME.outbox}` },
    ]);
  });

  it("does not run the agent without its identity, and says what is wrong with it", async () => {
    const { platform, agent, pass } = await makeAgent();
    platform.files.breakPath(HOME.identity, "EISDIR");
    await agent.start();
    await pass(2);
    expect(agent.status().state).toMatchObject({
      kind: "not-enrolled",
      reason: expect.stringContaining("EISDIR"),
    });
  });

  it("stays where losing it silently would be worse: the journal of actions", async () => {
    const { platform, server, agent, pass } = await makeAgent();
    platform.files.breakPath(HOME.actions, "EISDIR");
    await agent.start();
    await pass(2);
    await expect(platform.files.read(HOME.actions)).rejects.toThrow("EISDIR");
    await pass(INTERVAL_S);
    expect(server.stored[0]?.facts?.faults?.[0]).toMatchObject({ subject: HOME.actions });
  });
});

describe("createStateFiles", () => {
  it("moves a folder in the place of a file aside, and writes the file", async () => {
    const { home, files, warned } = await makeHome();
    await mkdir(join(home.outbox, "deep"), { recursive: true });
    await files.replace(home.outbox, "{}", { sync: true });
    expect(await readFile(home.outbox, "utf8")).toBe("{}");
    expect(await readdir(`${home.outbox}.damaged`)).toEqual(["deep"]);
    expect(warned).toHaveLength(1);
  });

  it("moves a file in the place of a folder aside, and keeps only the newest of the damaged", async () => {
    const { home, files } = await makeHome();
    for (const text of ["first", "second"]) {
      await rm(home.spool, { recursive: true, force: true });
      await writeFile(home.spool, text);
      await files.makeFolder(home.spool);
    }
    expect(await readFile(`${home.spool}.damaged`, "utf8")).toBe("second");
  });

  it("moves a file aside whose content is damaged, and leaves files that are none of its own", async () => {
    const { home, files } = await makeHome();
    await writeFile(home.policy, "{}}");
    expect(await files.readState(home.policy, () => true)).toBeNull();
    expect(await readFile(`${home.policy}.damaged`, "utf8")).toBe("{}}");
    await mkdir(home.identity);
    await expect(files.read(home.identity)).rejects.toThrow("EISDIR");
    expect(files.faults().map(({ subject }) => subject)).toEqual([home.policy]);
  });

  it("gives the lock of the home folder where a folder is in its place", async () => {
    const { home, files } = await makeHome();
    await mkdir(home.lock);
    const lock = await takeRunLock(files, { runOf: async () => "run" }, home, 7);
    expect(lock.kind).toBe("held");
  });
});
