import { describe, expect, it } from "vitest";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createLinuxLocalChannel } from "./linux-local-channel.ts";

describe("who has a channel on Linux", () => {
  it("is everybody with a desktop, once, also without a login manager", async () => {
    const { run } = createFakeCommands({
      "who -T":
        "alice ? :0 2027-01-04 07:58 (:0)\nalice ? :1 2027-01-04 07:58 (:1)\nbob + pts/1 2027-01-04 07:58 (10.0.0.9)\n",
      "id -u -- alice": "1000\n",
    });
    const files = createMemorySystemFiles({});
    const channel = createLinuxLocalChannel({ run, files, ownUid: 0, base: "/run/muster-agent" });
    expect(await channel.users()).toEqual([{ id: "1000", user: "alice" }]);
  });
});
