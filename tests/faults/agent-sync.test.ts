import { expect, it } from "vitest";
import { startActionCrashWorld } from "../harness/action-crash-world.ts";
import { findOrInstall } from "../harness/debian-program.ts";
import { traceSystemCalls } from "../harness/system-call-trace.ts";

const CALLS = ["write", "writev", "pwrite64", "fsync", "fdatasync", "rename", "openat"];
const DONE_STEPS = /accepted (sync )+(.*)ask-start (.*)started sync (.*)act (.*)ended sync (.*)ask-result/;

it("syncs each line of the journal before the step that it announces", async ({ skip, onTestFinished }) => {
  const strace = await findOrInstall("strace");
  if (strace.kind === "missing") return skip(strace.reason);
  const world = await startActionCrashWorld();
  onTestFinished(() => world.remove());
  const machine = await world.makeMachine();
  const run = machine.start();
  const deviceId = await machine.deviceId();
  const trace = await traceSystemCalls(strace.path, run.process.pid ?? 0, CALLS, { threads: true });
  if (trace === null) return skip("this system lets nobody trace a process");
  const ids = [];
  for (const title of ["first", "second"]) {
    const id = await world.queue(deviceId, "message", { title, text: "World" });
    await world.until(id, ({ state }) => state === "done");
    ids.push(id);
  }
  const steps = stepsOf(await trace.stop());
  const [first = "", second = ""] = splitAtSecond(steps);
  // The first line makes the file: its name is in the folder, which is synced as well.
  expect(first).toMatch(/accepted sync (.*)sync-folder (.*)ask-start/);
  expect(first).toMatch(DONE_STEPS);
  expect(second).toMatch(DONE_STEPS);
});

it("syncs a replaced file before it gets its name, and the folder after that", async ({
  skip,
  onTestFinished,
}) => {
  const strace = await findOrInstall("strace");
  if (strace.kind === "missing") return skip(strace.reason);
  const world = await startActionCrashWorld();
  onTestFinished(() => world.remove());
  const machine = await world.makeMachine();
  const run = machine.start({ tray: {} });
  const deviceId = await machine.deviceId();
  const trace = await traceSystemCalls(strace.path, run.process.pid ?? 0, CALLS, { threads: true });
  if (trace === null) return skip("this system lets nobody trace a process");
  const id = await world.queue(deviceId, "message", { title: "kept", text: "World" });
  await world.until(id, ({ state }) => state === "done");
  const steps = stepsOf(await trace.stop(), "inbox.json").join(" ");
  expect(steps).toMatch(/write-new sync-new (.*)rename (.*)sync-folder/);
  expect(steps).not.toMatch(/write-new ((?!sync-new).)*rename/);
});

function splitAtSecond(steps: string[]): string[] {
  const at = steps.lastIndexOf("accepted");
  return [steps.slice(0, at).join(" "), steps.slice(at).join(" ")];
}

/** What the agent did, in the order in which it ended. `replaced` is the file whose replacement is followed. */
function stepsOf(lines: readonly string[], replaced?: string): string[] {
  const unfinished = new Map<string, string>();
  return lines.flatMap((line) => {
    const [, thread = "", call = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (call.includes("<unfinished ...>")) {
      // A blank before it is not part of the call, which goes on with a bracket or a comma.
      unfinished.set(thread, call.replace(/ ?<unfinished \.\.\.>/, ""));
      return [];
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(call);
    const whole = resumed ? `${unfinished.get(thread) ?? ""}${resumed[1]}` : call;
    return stepOf(whole, replaced) ?? [];
  });
}

function stepOf(call: string, replaced: string | undefined): string | null {
  if (replaced !== undefined) {
    const name = replaced.replace(".", "\\.");
    if (new RegExp(`^p?write\\w*\\(.*${name}\\.muster-tmp-`).test(call)) return "write-new";
    if (new RegExp(`^f(data)?sync\\(.*${name}\\.muster-tmp-.*= 0`).test(call)) return "sync-new";
    if (new RegExp(`^rename\\(.*${name}\\.muster-tmp-.*= 0`).test(call)) return "rename";
  }
  const journal = /^p?write\w*\(\d+<[^>]*actions\.jsonl>, "\\?n?\{\\"is\\":\\"(\w+)\\"/.exec(call)?.[1];
  if (journal) return journal;
  if (/^f(data)?sync\(\d+<[^>]*actions\.jsonl>\) *= 0/.test(call)) return "sync";
  if (/^f(data)?sync\(\d+<[^>]*machine-[A-Za-z0-9]+>\) *= 0/.test(call)) return "sync-folder";
  if (/^write\(\d+<[^>]*\.executions>, "message/.test(call)) return "act";
  const step = /^writev?\(.*POST \/api\/v1\/agent\/actions\/[0-9a-f-]+\/(start|result)/.exec(call)?.[1];
  return step ? `ask-${step}` : null;
}
