import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import type { PowerEvent } from "../ports.ts";
import { createEventLog } from "../testing/event-log.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { SHUTDOWN_EVENT_QUERY } from "./parse-event-xml.ts";
import { createWatcher } from "./watcher.ts";
import { createWindowsPower } from "./windows-power.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const POWERSHELL = "powershell.exe";
const QUERY = ["wevtutil.exe", ...SHUTDOWN_EVENT_QUERY].join(" ");

async function listen(answers: Record<string, FakeAnswer>) {
  const commands = createFakeCommands(answers);
  const events = createEventLog<PowerEvent>();
  const notes: string[] = [];
  const power = createWindowsPower(commands.run, createWatcher(commands.follow, createFakeClock(), 4711));
  const cancel = await power.subscribe(events.add, (note) => notes.push(note));
  return { commands, events, notes, power, cancel };
}

describe("windows power", () => {
  it("reports each sleep and each wake-up once", async () => {
    const { commands, events } = await listen({});
    for (const line of read("watcher.ndjson").split("\n")) commands.say(POWERSHELL, line);
    commands.say(POWERSHELL, '{"kind":"power","code":4}');
    expect([(await events.next()).kind, (await events.next()).kind, (await events.next()).kind]).toEqual([
      "about-to-sleep",
      "woke",
      "about-to-sleep",
    ]);
  });

  it("reads the kind of shutdown from the system's log", async () => {
    const { commands, events } = await listen({ [QUERY]: read("event-restart.xml") });
    commands.say(POWERSHELL, '{"kind":"shutdown","code":1}');
    expect(await events.next()).toMatchObject({ kind: "going-down", how: "restarting" });
  });

  it.each([
    ["a restart", read("event-restart.xml"), "restarting"],
    ["a restart in German", read("event-restart.xml").replace(">restart<", ">Neustart<"), "restarting"],
    ["a shutdown", read("event-restart.xml").replace(">restart<", ">power off<"), "shutting-down"],
    ["no order", "", "no"],
    ["another event", read("event-boot.xml"), "no"],
  ])("finds %s when the agent is told to stop", async (_, xml, how) => {
    const { power } = await listen({ [QUERY]: xml });
    expect(await power.goingDown()).toBe(how);
  });

  it("stops the watcher with its last listener, and logs why it exited on its own", async () => {
    const first = await listen({});
    first.cancel();
    expect(first.commands.following(POWERSHELL)).toBe(0);
    const second = await listen({});
    second.commands.end(POWERSHELL, "powershell.exe ended with 1");
    expect(second.notes).toEqual([
      "There are no power notifications and no disk rates: powershell.exe ended with 1",
    ]);
  });
});
