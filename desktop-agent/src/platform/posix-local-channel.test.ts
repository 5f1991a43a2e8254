import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPosixChannel } from "./posix-local-channel.ts";

const PERSON = { id: "1", user: "daemon" };
const isRoot = process.getuid?.() === 0;
const name = isRoot ? "a person's socket" : "a person's socket (skipped: only root gives files away)";

describe.skipIf(!isRoot)(name, () => {
  let parent: string;
  let base: string;
  const channelOf = (ownUid: number) =>
    createPosixChannel({ base, programs: [join(parent, "program")], ownUid });
  const service = () => channelOf(0);
  const modeOf = (path: string) => lstatSync(path).mode & 0o777;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "muster-channel-"));
    base = join(parent, "run");
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it("belongs to its user, in folders that only root can write, whatever the umask is", async () => {
    const before = process.umask(0o077);
    const open = await service().open(PERSON, () => undefined);
    process.umask(before);
    const folder = join(base, "users/1");
    expect([base, join(base, "users"), folder].map(modeOf)).toEqual([0o755, 0o755, 0o711]);
    expect([base, join(base, "users"), folder].map((path) => lstatSync(path).uid)).toEqual([0, 0, 0]);
    const socket = lstatSync(join(folder, "agent.sock"));
    expect([socket.uid, socket.gid, socket.mode & 0o777, socket.isSocket()]).toEqual([1, 0, 0o600, true]);
    await open.close();
    expect(existsSync(base)).toBe(false);
  });

  it("works without those of other users", async () => {
    const [first, second] = [
      await service().open(PERSON, () => undefined),
      await service().open({ id: "2", user: "bin" }, () => undefined),
    ];
    await first.close();
    expect([existsSync(join(base, "users/1")), existsSync(join(base, "users/2"))]).toEqual([false, true]);
    await second.close();
  });

  it("replaces the socket of a killed service", async () => {
    const folder = join(base, "users/1");
    mkdirSync(folder, { recursive: true });
    const left = createServer().listen(join(folder, "left"));
    await once(left, "listening");
    // As after a kill: the file is there, and nobody listens.
    writeFileSync(join(folder, "agent.sock"), "");
    left.close();
    await once(left, "close");
    const connected = Promise.withResolvers<void>();
    const open = await service().open(PERSON, () => connected.resolve());
    const client = connect(join(folder, "agent.sock"));
    await connected.promise;
    client.destroy();
    await open.close();
  });

  it("is removed when its user logged out while no service ran", async () => {
    mkdirSync(join(base, "users/1"), { recursive: true });
    writeFileSync(join(base, "users/1/agent.sock"), "");
    mkdirSync(join(base, "users/2"));
    await service().removeLeft();
    expect(readdirSync(join(base, "users"))).toEqual([]);
  });

  it("is not removed from folders of another user, and other files stay", async () => {
    mkdirSync(join(base, "users/1"), { recursive: true });
    writeFileSync(join(base, "users/1/other"), "");
    await expect(service().removeLeft()).rejects.toThrow("ENOTEMPTY");
    chownSync(join(base, "users"), 2, 2);
    await expect(service().removeLeft()).rejects.toThrow("belongs to another user");
    expect(existsSync(join(base, "users/1/other"))).toBe(true);
  });

  it("has nothing to be removed where no service ever ran", async () => {
    await service().removeLeft();
    expect(existsSync(base)).toBe(false);
  });

  it.each(["", "users", "users/1"])("is not opened when another user owns /%s", async (place) => {
    const path = join(base, place);
    mkdirSync(path, { recursive: true });
    chownSync(path, 2, 2);
    await expect(service().open(PERSON, () => undefined)).rejects.toThrow("belongs to another user (uid 2)");
    expect(lstatSync(path).uid).toBe(2);
  });

  it.each(["", "users", "users/1"])("is not opened through a link at /%s", async (place) => {
    const elsewhere = join(parent, "elsewhere");
    mkdirSync(elsewhere);
    if (place !== "") mkdirSync(join(base, place, ".."), { recursive: true });
    symlinkSync(elsewhere, join(base, place));
    await expect(service().open(PERSON, () => undefined)).rejects.toThrow("is not a folder");
    expect(existsSync(join(elsewhere, "agent.sock"))).toBe(false);
  });

  it("is not opened in a folder that others can write", async () => {
    mkdirSync(base);
    chmodSync(base, 0o777);
    await expect(service().open(PERSON, () => undefined)).rejects.toThrow("can be written by other users");
  });

  it.each(["../1", "1/..", "", "-1", "daemon", "1\0"])(
    "is not opened for an account called %j",
    async (id) => {
      await expect(service().open({ id, user: "daemon" }, () => undefined)).rejects.toThrow("number");
      expect(existsSync(base)).toBe(false);
    },
  );

  it("is not connected to where it is not root's", async () => {
    mkdirSync(join(base, "users/1"), { recursive: true });
    chownSync(join(base, "users/1"), 2, 2);
    const planted = createServer().listen(join(base, "users/1/agent.sock"));
    await once(planted, "listening");
    await expect(channelOf(1).connect()).rejects.toThrow("belongs to another user");
    planted.close();
  });

  it("connects a user to their own channel", async () => {
    const open = await service().open(PERSON, (peer) => peer.end("hello"));
    const stream = await channelOf(1).connect();
    const [chunk] = await once(stream, "data");
    expect(String(chunk)).toBe("hello");
    stream.destroy();
    await expect(channelOf(2).connect()).rejects.toThrow("ENOENT");
    await open.close();
  });

  it("belongs to an installed service where its program or its folder is", async () => {
    expect(await service().isServiceInstalled()).toBe(false);
    const open = await service().open(PERSON, () => undefined);
    expect(await service().isServiceInstalled()).toBe(true);
    await open.close();
    expect(await service().isServiceInstalled()).toBe(false);
    writeFileSync(join(parent, "program"), "");
    expect(await service().isServiceInstalled()).toBe(true);
  });

  it("is served by root only", () => {
    expect([service().canServe(), channelOf(1).canServe()]).toEqual([true, false]);
  });
});
