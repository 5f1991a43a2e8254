import { createHash } from "node:crypto";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtResult, linuxProgram, type ReleasesWorld, startReleases } from "../harness/releases-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

const SYSTEM = "linux-x64";
const ADDRESS = `/install/agent/${SYSTEM}`;
const HOUR_MS = 3_600_000;

const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const sha256OfBuild = (number: number) => sha256Of(linuxProgram(`build ${number}`));

describe.each(DIALECTS)("agents for download on %s", (dialect) => {
  let world: ReleasesWorld;

  beforeEach(async () => {
    world = await startReleases(dialect);
  }, 60_000);
  afterEach(() => world.remove());

  const current = () => world.releases.catalog.current(SYSTEM);
  const build = () => world.releases.build(SYSTEM);
  const stored = async () =>
    (await readdir(path.join(world.placed, "store"))).filter((name) => name !== "id");

  /** As a user does it: the file's time is long before the server's next look. */
  async function place(version: string, bytes: Buffer): Promise<string> {
    await mkdir(world.placed, { recursive: true });
    const file = path.join(world.placed, `muster-agent-${version}-${SYSTEM}`);
    await writeFile(file, bytes);
    const placedAt = new Date(world.clock.now() - HOUR_MS);
    await utimes(file, placedAt, placedAt);
    return file;
  }

  it("are preferred as the operator placed them, until the file is removed", async () => {
    await build();
    expect(await current()).toMatchObject({ origin: "built-by-server", version: "0.1.0" });
    const file = await place("0.0.9", linuxProgram("placed"));
    await world.runJobs("artefact-scan");
    expect(await current()).toMatchObject({
      origin: "placed-by-operator",
      version: "0.0.9",
      sha256: sha256Of(linuxProgram("placed")),
    });
    await rm(file);
    await world.runJobs("artefact-scan");
    expect(await current()).toMatchObject({ origin: "built-by-server", sha256: sha256OfBuild(1) });
    expect(await world.releases.catalog.bySha256(SYSTEM, sha256Of(linuxProgram("placed")))).not.toBeNull();
  });

  it("stay for 24 hours after they were superseded, and are removed then", async () => {
    await build();
    world.clock.advance(HOUR_MS);
    await build();
    expect(await current()).toMatchObject({ sha256: sha256OfBuild(2) });
    world.clock.advance(24 * HOUR_MS - 1);
    await world.runJobs("artefact-removal");
    const first = await world.download(`${ADDRESS}?sha256=${sha256OfBuild(1)}`);
    expect(sha256Of(Buffer.from(await first.arrayBuffer()))).toBe(sha256OfBuild(1));

    world.clock.advance(1);
    // The file's own time is that of this computer, far behind the test's clock.
    for (const name of await stored()) await utimes(path.join(world.placed, "store", name), 0, 0);
    await world.runJobs("artefact-removal");
    expect(await stored()).toEqual([sha256OfBuild(2)]);
    const removed = await world.download(`${ADDRESS}?sha256=${sha256OfBuild(1)}`);
    expect(removed.status).toBe(404);
    expect((await removed.json()).error.message).toBe(
      "This agent is no longer offered. Copy a new install line.",
    );
  });

  it("are not superseded by a build of the same content", async () => {
    world.runner.act = (options) => builtResult(options, "the same");
    await build();
    const before = await current();
    world.clock.advance(HOUR_MS);
    await build();
    expect(world.runner.builds[1]?.knownSources).toBe("sources of the same");
    expect(await current()).toEqual(before);
    expect(await stored()).toHaveLength(1);
  });

  it("are built for the server's own system after its start, and again for what it built before", async () => {
    await world.releases.build("macos-x64");
    const own = agentSystemOf(process);
    world.releases.start();
    if (own) expect(await world.releases.catalog.current(own)).toEqual({ kind: "building", system: own });
    await expect.poll(() => world.runner.builds.length).toBe(3);
    expect(world.runner.builds.slice(1).map(({ system }) => system)).toEqual([own, "macos-x64"]);
  });
});

describe("a download", () => {
  let world: ReleasesWorld;
  let gate: PromiseWithResolvers<void>;

  beforeAll(async () => {
    world = await startReleases("sqlite", 100);
  });
  afterAll(() => world.remove());
  beforeEach(() => {
    gate = Promise.withResolvers();
    world.runner.act = async (options) => {
      await gate.promise;
      return builtResult(options, "held");
    };
  });

  it("is refused with a time to retry when a build takes too long, and is answered when it has ended", async () => {
    const building = world.releases.build(SYSTEM);
    const early = await world.download(ADDRESS);
    expect(early.status).toBe(503);
    expect(early.headers.get("retry-after")).toBe("30");

    const held = world.download(ADDRESS);
    gate.resolve();
    const answer = await held;
    await building;
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes).toEqual(linuxProgram("held"));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-length": String(bytes.length),
      "content-type": "application/octet-stream",
      etag: `"${sha256Of(bytes)}"`,
    });
    const again = await world.download(ADDRESS, { "if-none-match": `"${sha256Of(bytes)}"` });
    expect(again.status).toBe(304);
  });

  it("says in one sentence what to do where there is none", async () => {
    const missing = await world.download("/install/agent/linux-arm64");
    expect(missing.status).toBe(404);
    expect((await missing.json()).error.message).toContain("muster artefacts build --system linux-arm64");
    world.runner.isPossible = false;
    const impossible = await world.download("/install/agent/linux-arm64");
    expect((await impossible.json()).error.message).toContain("muster artefacts add --system linux-arm64");
    world.runner.isPossible = true;
  });
});

describe("a build that fails", () => {
  let world: ReleasesWorld;

  beforeAll(async () => {
    world = await startReleases("sqlite");
  });
  afterAll(() => world.remove());

  const offer = () => world.releases.artefacts.describe(SYSTEM);

  it("shows its reason without a path of the server, until one succeeds", async () => {
    const text = `EACCES: permission denied, open '${world.dataDir}/agents/work/x'`;
    world.runner.act = async () => ({ kind: "failed", code: "failed", message: text });
    await world.releases.build(SYSTEM);
    expect(await offer()).toMatchObject({
      artefact: null,
      isBuilding: false,
      problem: { code: "failed", message: "EACCES: permission denied, open '…'", at: expect.any(String) },
    });
    expect(await world.releases.catalog.current(SYSTEM)).toMatchObject({ kind: "none" });
    world.runner.act = (options) => builtResult(options, "fixed");
    await world.releases.build(SYSTEM);
    expect(await offer()).toMatchObject({ artefact: { version: "0.1.0" }, problem: null });
    expect(await readdir(path.join(world.placed, "work"))).toEqual(["lock"]);
  });

  it("leaves the agent in place that was offered before", async () => {
    const before = (await offer()).artefact;
    world.runner.act = () => Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    await world.releases.build(SYSTEM);
    expect(await offer()).toMatchObject({ artefact: before, problem: { code: "no-space" } });
    // Another process may add one later.
    world.clock.advance(HOUR_MS);
    const file = path.join(world.dataDir, "elsewhere");
    await writeFile(file, linuxProgram("from elsewhere"));
    await world.releases.artefacts.place(SYSTEM, "0.2.0", file);
    expect(await offer()).toMatchObject({ artefact: { version: "0.2.0" }, problem: null });
  });
});

describe("a file that an operator places", () => {
  let world: ReleasesWorld;

  beforeAll(async () => {
    world = await startReleases("sqlite");
    await mkdir(world.placed);
  });
  afterAll(() => world.remove());

  it("is offered once it no longer changes, and not when it is no program for its system", async () => {
    const name = `muster-agent-0.3.0-${SYSTEM}`;
    await writeFile(path.join(world.placed, name), linuxProgram("whole"));
    await utimes(path.join(world.placed, name), new Date(world.clock.now()), new Date(world.clock.now()));
    await writeFile(path.join(world.placed, "muster-agent-0.3.0-linux-arm64"), linuxProgram("wrong machine"));
    await writeFile(path.join(world.placed, "muster-agent-0.3.0-windows-x64.exe"), "no program");
    await world.runJobs("artefact-scan");
    expect(await world.releases.catalog.current(SYSTEM)).toMatchObject({ kind: "none" });
    await world.runJobs("artefact-scan");
    expect(await world.releases.catalog.current(SYSTEM)).toMatchObject({ kind: "ready", version: "0.3.0" });
    for (const other of ["linux-arm64", "windows-x64"] as const) {
      expect(await world.releases.catalog.current(other)).toMatchObject({ kind: "none" });
    }
    await writeFile(path.join(world.placed, "muster-agent_0.3.0_amd64.deb"), "a package");
    expect((await world.releases.artefacts.list()).rejectedFiles).toEqual([
      { fileName: "muster-agent_0.3.0_amd64.deb", reason: "name" },
      { fileName: "muster-agent-0.3.0-linux-arm64", reason: "content" },
      { fileName: "muster-agent-0.3.0-windows-x64.exe", reason: "content" },
    ]);
  });

  it("is listed beside packages of the tray", async () => {
    await writeFile(path.join(world.placed, "muster-tray-0.1.0-win-x64.exe"), "installer");
    const { trayInstallers } = await world.releases.artefacts.list();
    expect(trayInstallers).toMatchObject([
      { fileName: "muster-tray-0.1.0-win-x64.exe", sizeBytes: 9, sha256: sha256Of(Buffer.from("installer")) },
    ]);
  });
});
