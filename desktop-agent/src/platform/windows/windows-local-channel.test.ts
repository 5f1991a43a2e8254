import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { accessScript } from "./administrator-file.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";
import { createWindowsLocalChannel } from "./windows-local-channel.ts";

const SID = "S-1-5-21-1004336348-1177238915-682003330-1001";
const PERSON = { id: SID, user: "anne" };
const WHOAMI = "whoami.exe /user /fo csv /nh";
const OURS = "/inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F";

describe("a user's pipe on Windows", () => {
  let folder: string;
  let base: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-pipe-"));
    base = join(folder, "MusterAgent");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const accessOf = (path: string) => [POWERSHELL, ...powershellArguments(accessScript(path))].join(" ");
  const icacls = () => ({
    [`icacls.exe ${base} ${OURS}`]: "",
    [`icacls.exe ${join(base, "users")} ${OURS}`]: "",
    [`icacls.exe ${join(base, "users", SID)} ${OURS} *${SID}:(OI)(CI)(RX)`]: "",
  });
  function setUp(answers: Record<string, FakeAnswer> = {}) {
    const commands = createFakeCommands({ ...icacls(), [WHOAMI]: `"desk\\anne","${SID}"\r\n`, ...answers });
    const programs = [join(folder, "muster-agent.exe")];
    // Pipes are sockets in a folder where this is tested.
    const port = createWindowsLocalChannel({
      run: commands.run,
      isSystem: true,
      base,
      programs,
      pipes: `${folder}/`,
    });
    return { commands, port };
  }
  const keyFile = () => join(base, "users", SID, "channel-key");

  it("can be reached by a peer that can read its key, and sends data only after that", async () => {
    const { port } = setUp();
    const open = await port.open(PERSON, (peer) => peer.end("hello"));
    expect(await text(await port.connect())).toBe("hello");
    await open.close();
    await expect(port.connect()).rejects.toThrow("ENOENT");
  });

  it("cannot be reached by a peer that knows only its name", async () => {
    const { port } = setUp();
    let connections = 0;
    const open = await port.open(PERSON, () => {
      connections += 1;
    });
    const { pipe } = JSON.parse(readFileSync(keyFile(), "utf8"));
    const stranger = connect(join(folder, pipe));
    stranger.write(`${"a".repeat(64)} ${"b".repeat(64)}\n{"v":1,"id":1,"verb":"watch"}\n`);
    expect((await text(stranger)).trim()).toMatch(/^[0-9a-f]{64}$/);
    expect(connections).toBe(0);
    await open.close();
  });

  it("has another name and another key each time", async () => {
    const { port } = setUp({
      [accessOf(base)]: ADMINISTRATORS_OWN,
      [accessOf(join(base, "users"))]: ADMINISTRATORS_OWN,
    });
    const read = async () => {
      const open = await port.open(PERSON, () => undefined);
      const content: unknown = JSON.parse(readFileSync(keyFile(), "utf8"));
      await open.close();
      return content;
    };
    const [first, second] = [await read(), await read()];
    expect(first).toMatchObject({
      pipe: expect.stringMatching(/^muster-agent-[0-9a-f]{32}$/),
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(second).not.toEqual(first);
  });

  it("is not opened in a folder that another user created", async () => {
    mkdirSync(base);
    const { port, commands } = setUp({ [accessOf(base)]: `{"owner":"${SID}","rules":[]}` });
    await expect(port.open(PERSON, () => undefined)).rejects.toThrow("not owned by administrators");
    expect(commands.started.filter((line) => line.startsWith("icacls"))).toEqual([]);
  });

  it("is not opened through a junction", async () => {
    symlinkSync(folder, base);
    await expect(setUp().port.open(PERSON, () => undefined)).rejects.toThrow("is not a folder");
  });

  it("is not opened where its key could be read by others", async () => {
    const denied: FakeAnswer = { kind: "exited", code: 5, stdout: "", stderr: "Access is denied." };
    const { port } = setUp({ [`icacls.exe ${base} ${OURS}`]: denied });
    await expect(port.open(PERSON, () => undefined)).rejects.toThrow("icacls failed with code 5");
  });

  it.each(["..\\S-1-5-21-1-2-3", "S-1-5-18", "anne", ""])(
    "is not opened for an account called %j",
    async (id) => {
      await expect(setUp().port.open({ id, user: "anne" }, () => undefined)).rejects.toThrow("SID");
    },
  );

  it.each(["{}", "[]", '{"pipe":"other","key":""}', '{"pipe":"muster-agent-../../x","key":"00"}'])(
    "is not looked for by a key like %s",
    async (content) => {
      mkdirSync(join(base, "users", SID), { recursive: true });
      writeFileSync(keyFile(), content);
      await expect(setUp().port.connect()).rejects.toThrow("key file of the channel");
    },
  );

  it("is for those who have a session, and not for accounts of services", async () => {
    const environment = (sid: string) => `reg.exe query HKU\\${sid}\\Volatile Environment /v USERNAME`;
    const { port } = setUp({
      "reg.exe query HKU": readFixture(import.meta.url, "reg-users.txt"),
      [environment(SID)]: readFixture(import.meta.url, "reg-username.txt"),
      [environment("S-1-5-21-1004336348-1177238915-682003330-1002")]: {
        kind: "exited",
        code: 1,
        stdout: "",
        stderr: "ERROR: The system was unable to find the specified registry key or value.",
      },
    });
    expect(await port.users()).toEqual([PERSON]);
  });

  it("belongs to an installed service where its program is", async () => {
    const { port } = setUp();
    expect(await port.isServiceInstalled()).toBe(false);
    writeFileSync(join(folder, "muster-agent.exe"), "");
    expect(await port.isServiceInstalled()).toBe(true);
  });

  it("is closed by a client when the other side does not prove the key", async () => {
    const { port } = setUp();
    const open = await port.open(PERSON, () => undefined);
    const { pipe } = JSON.parse(readFileSync(keyFile(), "utf8"));
    writeFileSync(keyFile(), JSON.stringify({ pipe, key: "0".repeat(64) }));
    await expect(port.connect()).rejects.toThrow("not the service");
    await open.close();
  });

  it("limits the connections that wait for their proof", async () => {
    const { port } = setUp();
    const open = await port.open(PERSON, () => undefined);
    const { pipe } = JSON.parse(readFileSync(keyFile(), "utf8"));
    const waiting = Array.from({ length: 8 }, () => connect(join(folder, pipe)));
    await Promise.all(waiting.map((socket) => once(socket, "data")));
    expect(await text(connect(join(folder, pipe)))).toBe("");
    for (const socket of waiting) socket.destroy();
    await open.close();
  });
});

const ADMINISTRATORS_OWN = '{"owner":"S-1-5-18","rules":[]}';
