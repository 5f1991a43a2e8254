import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type ActionCrashWorld, startActionCrashWorld } from "../harness/action-crash-world.ts";
import { type ChannelWorld, obstacleToUsers, startChannelWorld } from "../harness/channel-world.ts";
import { ANN, BEN, CAT } from "../harness/logged-in-users.ts";

const obstacle = obstacleToUsers();
const name = obstacle === null ? "messages to several people" : `messages (skipped: ${obstacle})`;
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

/** A real server, and the service of this machine enrolled there. */
async function start(): Promise<{ server: ActionCrashWorld; machine: ChannelWorld; deviceId: string }> {
  const server = await startActionCrashWorld();
  cleanUp.push(() => server.remove());
  const { url } = await server.server().ready;
  const machine = await startChannelWorld([ANN, BEN], {
    environment: {
      MUSTER_AGENT_SERVER: url,
      MUSTER_ENROL_TOKEN: await server.makeToken(),
      MUSTER_AGENT_INTERVAL: "1",
    },
  });
  cleanUp.push(() => machine.remove());
  const identity = path.join(machine.home.path, "identity.json");
  await expect.poll(() => readFile(identity, "utf8").catch(() => null), { timeout: 20_000 }).not.toBeNull();
  return { server, machine, deviceId: JSON.parse(await readFile(identity, "utf8")).deviceId };
}

describe.skipIf(obstacle !== null)(name, () => {
  it("reach each user by their own channel, and each sees and sends only their own receipts", async () => {
    const { server, machine, deviceId } = await start();
    const [ann, ben] = [machine.attach(ANN), machine.attach(BEN)];
    await Promise.all([ann, ben].map((person) => person.until((said) => "attached" in said)));

    const payload = { title: "Updates tonight", text: "May we?", urgency: "normal", buttons: ["Yes", "No"] };
    const id = await server.queue(deviceId, "message", payload);
    const hasArrived = ({ view }: Record<string, unknown>) => JSON.stringify(view ?? {}).includes(id);
    await Promise.all([ann.until(hasArrived), ben.until(hasArrived)]);
    expect(await ann.ask("acknowledge", id, { what: "shown", by: "notification" })).toEqual({ kind: "done" });
    expect(await ben.ask("acknowledge", id, { what: "not-shown", reason: "locked" })).toEqual({
      kind: "done",
    });
    await expect
      .poll(() => ann.ask("readMessages"), { timeout: 20_000 })
      .toMatchObject([{ isAnswerable: true }]);
    expect(await ann.ask("acknowledge", id, { what: "pressed", button: "Yes" })).toEqual({ kind: "done" });

    expect(await ann.ask("readMessages")).toMatchObject([
      { id, title: "Updates tonight", shownAtMs: expect.any(Number), pressed: "Yes", isAnswerable: false },
    ]);
    // It was over before he could see it.
    await expect.poll(() => ben.ask("readMessages"), { timeout: 20_000 }).toEqual([]);
    const ended = await server.until(id, ({ state }) => state === "done" || state === "error");
    expect(ended).toMatchObject({
      state: "done",
      result: {
        shown: [{ user: "daemon", by: "tray" }],
        notShown: expect.arrayContaining([{ user: "bin", reason: "locked" }]),
        pressed: "Yes",
      },
    });
  });

  it("are not available to a later user, and a user cannot answer for another", async () => {
    const { server, machine, deviceId } = await start();
    const ann = machine.attach(ANN);
    await ann.until((said) => "attached" in said);
    const id = await server.queue(deviceId, "message", { title: "Hello", text: "Text", buttons: ["Yes"] });
    await ann.until(({ view }) => JSON.stringify(view ?? {}).includes(id));
    await ann.ask("acknowledge", id, { what: "read" });
    // By now everybody who is logged in was told, Ben without a tray too.
    const inbox = path.join(machine.home.path, "inbox.json");
    await expect.poll(() => readFile(inbox, "utf8"), { timeout: 40_000 }).toContain('"bin"');
    await machine.users.logIn([ANN, BEN, CAT]);
    await machine.service().stop();
    machine.startService();
    const cat = machine.attach(CAT);
    await cat.until((said) => "attached" in said);
    expect(await cat.ask("readMessages")).toEqual([]);
    const pressed = await cat.ask("acknowledge", id, { what: "pressed", button: "Yes" });
    expect(pressed).toMatchObject({ kind: "refused", why: "unknown" });
    expect(await cat.ask("postpone", id, 0)).toMatchObject({ kind: "refused" });
    await ann.until(
      (said) => "attached" in said && said !== ann.messages.find((first) => "attached" in first),
    );
    expect(await ann.ask("readMessages")).toMatchObject([
      { id, pressed: null, readAtMs: expect.any(Number) },
    ]);
  });
});
