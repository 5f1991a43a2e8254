import { describe, expect, it } from "vitest";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosLocalChannel } from "./macos-local-channel.ts";

const IOREG = "/usr/sbin/ioreg -n Root -d1 -w0";
const channel = (answers: Record<string, FakeAnswer>) =>
  createMacosLocalChannel(createFakeCommands(answers).run, 0, "/var/run/muster-agent");

describe("who has a channel on macOS", () => {
  it("is every user with a session, also in the background", async () => {
    expect(await channel({ [IOREG]: readFixture(import.meta.url, "ioreg-root.txt") }).users()).toEqual([
      { id: "501", user: "alice" },
      { id: "502", user: "bob" },
    ]);
  });

  it("is nobody before the first login, and unknown where the registry cannot be read", async () => {
    expect(await channel({ [IOREG]: "+-o Root  <class IORegistryEntry>\n" }).users()).toEqual([]);
    await expect(channel({}).users()).rejects.toThrow("ioreg");
  });
});
