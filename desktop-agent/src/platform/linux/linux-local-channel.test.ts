import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createLinuxLocalChannel } from "./linux-local-channel.ts";

describe("who has a channel on Linux", () => {
  it("are the users with a desktop, each once, also without a login manager", async () => {
    const { run } = createFakeCommands({
      "who -T":
        "alice ? :0 2027-01-04 07:58 (:0)\nalice ? :1 2027-01-04 07:58 (:1)\nbob + pts/1 2027-01-04 07:58 (10.0.0.9)\n",
      "id -u -- alice": "1000\n",
    });
    const files = createMemorySystemFiles({});
    const channel = createLinuxLocalChannel({ run, files, ownUid: 0, base: "/run/muster-agent" });
    expect(await channel.users()).toEqual([{ id: "1000", user: "alice" }]);
  });

  const channelAt = (sessions: string) => {
    const { run } = createFakeCommands({});
    const files = createMemorySystemFiles({});
    return createLinuxLocalChannel({ run, files, ownUid: 0, base: "/run/muster-agent", sessions });
  };

  it("is read when the login manager records a session, and rarely otherwise", async () => {
    const sessions = mkdtempSync(join(tmpdir(), "muster-sessions-"));
    const channel = channelAt(sessions);
    const changed = Promise.withResolvers<void>();
    const cancel = channel.watchUsers(changed.resolve);
    writeFileSync(join(sessions, "c1"), "UID=1000\n");
    await changed.promise;
    cancel();
    expect(channel.usersEveryMs()).toBe(300_000);
    rmSync(sessions, { recursive: true });
  });

  it("is read every minute when there is no login manager", () => {
    const channel = channelAt("/nowhere/sessions");
    channel.watchUsers(() => undefined)();
    expect(channel.usersEveryMs()).toBe(60_000);
  });
});
