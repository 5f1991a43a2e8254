import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosPower } from "./macos-power.ts";

const LOG = "/usr/bin/log";
const PS = "/bin/ps -axo args=";

describe("macOS power", () => {
  it("reports each sleep and each wake-up once", async () => {
    const commands = createFakeCommands({});
    const kinds: string[] = [];
    await createMacosPower(commands, createFakeClock()).subscribe(
      ({ kind }) => kinds.push(kind),
      () => undefined,
    );
    for (const line of readFixture(import.meta.url, "log-stream.ndjson").split("\n")) commands.say(LOG, line);
    expect(kinds).toEqual(["about-to-sleep", "woke"]);
  });

  it("restarts the log a minute after it ended, until it is stopped", async () => {
    const commands = createFakeCommands({});
    const clock = createFakeClock();
    const notes: string[] = [];
    const cancel = await createMacosPower(commands, clock).subscribe(
      () => undefined,
      (note) => notes.push(note),
    );
    commands.end(LOG, "log ended with 64");
    expect([notes, commands.following(LOG)]).toEqual([
      ["There are no notifications of sleep: log ended with 64"],
      0,
    ]);
    await clock.advance(60_000);
    expect(commands.following(LOG)).toBe(1);
    cancel();
    expect(commands.following(LOG)).toBe(0);
  });

  it.each([
    ["/sbin/shutdown -r now\n", "restarting"],
    ["/sbin/reboot\n", "restarting"],
    ["shutdown -h +1\n", "shutting-down"],
    ["/usr/libexec/rebootd\nvim shutdown -r.md\n", "no"],
  ])("with %j running, reports %s", async (processes, how) => {
    const power = createMacosPower(createFakeCommands({ [PS]: processes }), createFakeClock());
    expect(await power.goingDown()).toBe(how);
  });
});
