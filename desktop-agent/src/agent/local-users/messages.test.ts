import { InboxMessage, LocalView } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { type ActionDevice, startActionDevice } from "../../../../tests/harness/action-device.ts";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { openLocalUser } from "../../../../tests/harness/open-local-user.ts";
import { readIdentity, writeIdentity } from "../identity/device-identity.ts";
import { forgetOrganization } from "../identity/forget-device.ts";
import type { LocalAgent } from "../local-agent.ts";

const MESSAGE = { title: "Hello", text: "World" };
const ASKING = { ...MESSAGE, buttons: ["Yes", "No"] };
const DAY_MS = 24 * 3_600_000;
const SHOWN = { what: "shown", by: "tray" } as const;
/** For days of reports every half minute. */
const SLOW = { timeout: 60_000 };
const LOCKED = { what: "not-shown", reason: "locked" } as const;

/** A tray that says this of each message as soon as it is to show it. */
function answer(local: LocalAgent, said: Parameters<LocalAgent["acknowledge"]>[1]): string[] {
  const asked: string[] = [];
  local.subscribe(() => {
    for (const id of local.view().unshownMessages) {
      if (asked.includes(id)) continue;
      asked.push(id);
      void local.acknowledge(id, said);
    }
  });
  return asked;
}

async function withTray(user = "ann") {
  const device = await startActionDevice();
  const { local } = await openLocalUser(device, user);
  return { device, local, asked: answer(local, SHOWN) };
}

/** A message that waits behind the locked screen of the only person. */
async function heldBack(payload: object = MESSAGE) {
  const device = await startActionDevice();
  device.platform.messages.answer({ shown: [], notShown: [], pressed: null });
  const { local } = await openLocalUser(device);
  answer(local, LOCKED);
  const id = send(device, payload);
  await reaches(device, id, "postponed");
  return { device, local, id };
}

function send(device: ActionDevice, payload: object = MESSAGE): string {
  const id = device.actions.queue("message", payload);
  device.actions.nudge();
  return id;
}

async function ended(device: ActionDevice, id: string) {
  await device.eventually(() => expect(device.actions.row(id).state).toMatch(/done|error/));
  const row = device.actions.row(id);
  return { ...row, result: row.result === null ? null : JSON.parse(row.result) };
}

const stepsOf = ({ actions }: ActionDevice, id: string) => actions.steps(id).map(({ step }) => step);

async function reaches(device: ActionDevice, id: string, step: string): Promise<void> {
  await device.eventually(() => expect(stepsOf(device, id)).toContain(step));
}

describe("a message to a user with a tray", () => {
  it("is shown by the tray only, reported as done, and stays in the inbox until it is read", async () => {
    const { device, local } = await withTray();
    const id = send(device);
    expect(await ended(device, id)).toMatchObject({
      state: "done",
      result: { shown: [{ user: "ann", by: "tray" }], notShown: [] },
    });
    expect(device.platform.messages.excepted).toEqual([["ann"]]);
    const [message, ...more] = await local.readMessages();
    expect(more).toEqual([]);
    expect(InboxMessage.parse(message)).toMatchObject({ ...MESSAGE, id, askedBy: "Ada Lovelace" });
    expect(message).toMatchObject({ readAtMs: null, pressed: null, isAnswerable: false });
    expect(LocalView.parse(local.view())).toMatchObject({ unreadMessages: 1, unshownMessages: [] });
    expect(stepsOf(device, id)).toEqual(["asked", "delivered", "started", "shown", "ended"]);
  });

  it("is reported as read after it is done, once, with the user", async () => {
    const { device, local } = await withTray();
    const id = send(device);
    await ended(device, id);
    expect(await local.acknowledge(id, { what: "read" })).toEqual({ kind: "done" });
    await local.acknowledge(id, { what: "read" });
    await reaches(device, id, "read");
    await device.nextReport();
    expect(device.actions.steps(id).at(-1)).toMatchObject({ step: "read", note: "ann" });
    expect(
      device.actions.statements.filter(
        ({ statement }) => statement.says === "progress" && statement.step === "read",
      ),
    ).toHaveLength(1);
    expect(local.view().unreadMessages).toBe(0);
  });

  it("is reported as read by the next run of the agent if it was read while the server was away", async () => {
    const { device, local } = await withTray();
    const id = send(device);
    await ended(device, id);
    device.actions.behave(() => "unreachable");
    await local.acknowledge(id, { what: "read" });
    const next = await device.crash();
    expect(stepsOf(next, id)).not.toContain("read");
    next.actions.behave(() => "well");
    await next.nextReport();
    await reaches(next, id, "read");
    expect(next.platform.files.contents.has(HOME.unsentReadReceipts)).toBe(false);
  });

  it("is shown by the platform if the tray does not answer within 15 seconds, and then not by the tray", async () => {
    const device = await startActionDevice();
    const { local } = await openLocalUser(device);
    const id = send(device);
    await device.eventually(() => expect(local.view().unshownMessages).toEqual([id]));
    await device.pass(14);
    expect(device.platform.messages.shown).toEqual([]);
    await device.pass(2);
    expect(await ended(device, id)).toMatchObject({ result: { shown: [{ user: "ann", by: "fake" }] } });
    expect(device.platform.messages.excepted).toEqual([[]]);
    expect(local.view().unshownMessages).toEqual([]);
  });

  it("is shown to others by the platform, and is only in inboxes of its recipients", async () => {
    const { device, local } = await withTray();
    device.platform.messages.answer({ shown: [{ user: "bob", by: "wall" }], notShown: [], pressed: null });
    const id = send(device);
    const { result } = await ended(device, id);
    expect(result.shown).toEqual([
      { user: "ann", by: "tray" },
      { user: "bob", by: "wall" },
    ]);
    const bob = await openLocalUser(device, "bob");
    expect(await bob.local.readMessages()).toMatchObject([{ id, readAtMs: null }]);
    expect(bob.local.view().unshownMessages).toEqual([]);
    const eve = await openLocalUser(device, "eve");
    expect(await eve.local.readMessages()).toEqual([]);
    expect(await eve.local.acknowledge(id, { what: "read" })).toMatchObject({ why: "unknown" });
    expect(await local.readMessages()).toHaveLength(1);
  });

  it("is shown by the platform if the tray is closed", async () => {
    const { device, local } = await withTray();
    local.close();
    const id = send(device);
    expect(await ended(device, id)).toMatchObject({ result: { shown: [{ user: "ann", by: "fake" }] } });
  });
});

describe("a message behind a locked screen", () => {
  it("is reported as postponed, waits for its user, and is done when it was shown", SLOW, async () => {
    const { device, local, id } = await heldBack();
    expect(device.actions.steps(id).at(-1)).toMatchObject({ note: "ann: locked" });
    await device.pass(60 * 3600);
    device.actions.passTime();
    expect([device.actions.row(id).state, local.view().unshownMessages]).toEqual(["executing", [id]]);
    await local.acknowledge(id, SHOWN);
    expect(await ended(device, id)).toMatchObject({
      state: "done",
      result: { shown: [{ user: "ann", by: "tray" }], notShown: [], pressed: null },
    });
    expect(local.view().unshownMessages).toEqual([]);
  });

  it("keeps waiting after a restart of the agent", async () => {
    const { device, id } = await heldBack();
    const next = await device.crash();
    const { local } = await openLocalUser(next);
    expect(local.view().unshownMessages).toEqual([id]);
    await local.acknowledge(id, SHOWN);
    expect(await ended(next, id)).toMatchObject({ result: { shown: [{ user: "ann", by: "tray" }] } });
    expect(next.platform.messages.shown).toEqual([]);
  });

  it("waits for users who are away while others have seen it", async () => {
    const device = await startActionDevice();
    device.platform.messages.answer({ shown: [{ user: "bob", by: "wall" }], notShown: [], pressed: null });
    const { local } = await openLocalUser(device);
    answer(local, LOCKED);
    const id = send(device);
    await reaches(device, id, "postponed");
    expect(device.actions.row(id).state).toBe("executing");
    await local.acknowledge(id, SHOWN);
    expect((await ended(device, id)).result.shown).toHaveLength(2);
  });

  it("ends after a week, and is neither shown nor in the inbox after that", SLOW, async () => {
    const { device, local, id } = await heldBack();
    await device.pass(7 * 24 * 3600 + 1);
    expect(await ended(device, id)).toMatchObject({
      error_code: "nobody-reached",
      error_message: "ann: locked",
    });
    expect([local.view().unshownMessages, await local.readMessages()]).toEqual([[], []]);
    expect(await local.acknowledge(id, { what: "read" })).toMatchObject({ why: "unknown" });
  });

  it("is not shown after it is cancelled, and ends as cancelled", async () => {
    const { device, local, id } = await heldBack();
    device.actions.cancel(id);
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(id).state).toBe("cancelled"));
    expect(local.view()).toMatchObject({ unshownMessages: [], unreadMessages: 0 });
    expect(await local.readMessages()).toEqual([]);
  });

  it("is not shown any more if it has buttons and no user saw it within a day", async () => {
    const { device, local, id } = await heldBack(ASKING);
    await device.pass(24 * 3600 + 1);
    expect(await ended(device, id)).toMatchObject({ error_code: "nobody-reached" });
    expect([local.view().unshownMessages, await local.readMessages()]).toEqual([[], []]);
  });

  it("is not shown by a tray that its user opens after its end", async () => {
    const { device } = await withTray();
    const notShown = [{ user: "bob", reason: "locked" }];
    device.platform.messages.answer({ shown: [], notShown, pressed: null });
    const id = send(device);
    expect(await ended(device, id)).toMatchObject({ state: "done", result: { notShown } });
    const bob = await openLocalUser(device, "bob");
    expect([bob.local.view().unshownMessages, await bob.local.readMessages()]).toEqual([[], []]);
  });
});

describe("a message that is cancelled before its tray has answered", () => {
  it("is not shown in another way, and ends as cancelled", async () => {
    const device = await startActionDevice();
    const { local } = await openLocalUser(device);
    const id = send(device);
    await device.eventually(() => expect(local.view().unshownMessages).toEqual([id]));
    device.actions.cancel(id);
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(id).state).toBe("cancelled"));
    expect([local.view().unshownMessages, device.platform.messages.shown]).toEqual([[], []]);
  });
});

describe("a message with buttons", () => {
  it("waits a day for an answer, reports that, and ends with the pressed button", async () => {
    const { device, local } = await withTray();
    const before = device.platform.clock.wallMs() + 3_600_000;
    const id = send(device, ASKING);
    await reaches(device, id, "shown");
    expect(device.actions.steps(id).at(-1)?.until ?? 0).toBeGreaterThanOrEqual(before + DAY_MS - 1000);
    await device.pass(3 * 3600);
    device.actions.passTime();
    expect(device.actions.row(id).state).toBe("executing");
    expect(await local.readMessages()).toMatchObject([{ isAnswerable: true }]);
    expect(await local.acknowledge(id, { what: "pressed", button: "Maybe" })).toMatchObject({
      why: "failed",
    });
    expect(await local.acknowledge(id, { what: "pressed", button: "No" })).toEqual({ kind: "done" });
    expect(await ended(device, id)).toMatchObject({ result: { pressed: "No" } });
    expect(await local.readMessages()).toMatchObject([{ isAnswerable: false, pressed: "No" }]);
    expect(await local.acknowledge(id, { what: "pressed", button: "Yes" })).toMatchObject({ why: "over" });
    expect(device.platform.clock.timers()).toBeLessThan(6);
  });

  it("can be answered from the moment at which it is shown", async () => {
    const device = await startActionDevice();
    const { local } = await openLocalUser(device);
    const id = send(device, ASKING);
    await device.eventually(() => expect(local.view().unshownMessages).toEqual([id]));
    expect(await local.readMessages()).toMatchObject([{ isAnswerable: true }]);
    await local.acknowledge(id, { what: "pressed", button: "Yes" });
    expect(await ended(device, id)).toMatchObject({
      result: { shown: [{ user: "ann", by: "tray" }], pressed: "Yes" },
    });
  });

  it("waits behind a locked screen, reports that, and is answered after the unlock", async () => {
    const device = await startActionDevice();
    device.platform.messages.answer({ shown: [], notShown: [], pressed: null });
    const { local } = await openLocalUser(device);
    const asked = answer(local, LOCKED);
    const id = send(device, ASKING);
    await reaches(device, id, "postponed");
    expect(device.actions.steps(id).at(-1)).toMatchObject({ note: "ann: locked" });
    expect([asked, local.view().unshownMessages]).toEqual([[id], [id]]);
    const next = await device.crash();
    const again = await openLocalUser(next);
    expect(again.local.view().unshownMessages).toEqual([id]);
    await again.local.acknowledge(id, SHOWN);
    await reaches(next, id, "shown");
    await again.local.acknowledge(id, { what: "pressed", button: "Yes" });
    expect(await ended(next, id)).toMatchObject({
      result: { shown: [{ user: "ann", by: "tray" }], notShown: [], pressed: "Yes" },
    });
  });

  it("is continued by the next run of the agent, and not shown again", async () => {
    const { device } = await withTray();
    const id = send(device, ASKING);
    await reaches(device, id, "shown");
    const next = await device.crash();
    const { local } = await openLocalUser(next);
    expect(local.view().unshownMessages).toEqual([]);
    expect(await local.acknowledge(id, { what: "pressed", button: "Yes" })).toEqual({ kind: "done" });
    expect(await ended(next, id)).toMatchObject({
      result: { shown: [{ user: "ann", by: "tray" }], pressed: "Yes" },
    });
    expect(next.platform.messages.shown).toEqual([]);
  });

  it("ends without an answer after a day", async () => {
    const { device, local } = await withTray();
    const id = send(device, ASKING);
    await reaches(device, id, "shown");
    await device.pass(24 * 3600 + 1);
    expect(await ended(device, id)).toMatchObject({ state: "done", result: { pressed: null } });
    expect(await local.acknowledge(id, { what: "pressed", button: "Yes" })).toMatchObject({ why: "over" });
  });

  it("is removed from the windows of others after it was answered in a tray", async () => {
    const { device, local } = await withTray();
    device.platform.messages.answer({ shown: [{ user: "bob", by: "zenity" }], notShown: [], pressed: null });
    const id = send(device, ASKING);
    await device.eventually(() => expect(device.platform.messages.shown).toHaveLength(1));
    await local.acknowledge(id, { what: "pressed", button: "Yes" });
    const { result } = await ended(device, id);
    expect(result.shown).toEqual([
      { user: "ann", by: "tray" },
      { user: "bob", by: "zenity" },
    ]);
  });

  it("is answered in a window of the platform as well", async () => {
    const { device, local } = await withTray();
    device.platform.messages.answer({ shown: [{ user: "bob", by: "zenity" }], notShown: [], pressed: null });
    const id = send(device, ASKING);
    await device.eventually(() => expect(device.platform.messages.shown).toHaveLength(1));
    device.platform.messages.press("Yes");
    expect(await ended(device, id)).toMatchObject({ result: { pressed: "Yes" } });
    expect(await local.readMessages()).toMatchObject([{ isAnswerable: false, pressed: null }]);
  });

  it("ends with what is known when it is cancelled", async () => {
    const { device } = await withTray();
    const id = send(device, ASKING);
    await reaches(device, id, "shown");
    device.actions.cancel(id);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ state: "done", result: { pressed: null } });
  });
});

describe("the inbox", () => {
  it("keeps 200 messages for 30 days, also after a restart", async () => {
    const { device, local } = await withTray();
    for (let count = 0; count < 21; count += 1) {
      const ids = Array.from({ length: 10 }, () => device.actions.queue("message", MESSAGE));
      device.actions.nudge();
      for (const id of ids) await ended(device, id);
    }
    expect(await local.readMessages()).toHaveLength(200);
    const next = await device.crash();
    const after = await openLocalUser(next);
    expect(await after.local.readMessages()).toHaveLength(200);
    answer(after.local, SHOWN);
    next.platform.clock.sleep(31 * DAY_MS);
    const id = send(next);
    await ended(next, id);
    expect((await after.local.readMessages()).map((message) => message.id)).toEqual([id]);
  });

  it("is empty after the machine has joined another organization", async () => {
    const { device, local } = await withTray();
    await ended(device, send(device));
    const { files } = device.platform;
    const before = await readIdentity(files, HOME);
    await forgetOrganization(files, HOME);
    if (before.kind === "enrolled")
      await writeIdentity(files, HOME, { ...before.identity, credential: "md_other" });
    await device.pass(2);
    expect([await local.readMessages(), local.view().unreadMessages]).toEqual([[], 0]);
  });

  it.each([
    ["no text", { text: 7 }],
    ["no title", { title: undefined }],
    ["another urgency", { urgency: "loud" }],
    ["a receipt of nobody", { receipts: [{ shownAtMs: null }] }],
    ["a button that is none", { buttons: [null] }],
    ["an end that is none", { openUntilMs: "later" }],
  ])("starts empty when a message in its file has %s, and continues", async (_, damage) => {
    const { device } = await withTray();
    await ended(device, send(device));
    const [entry] = JSON.parse(device.platform.files.contents.get(HOME.inbox) ?? "");
    await device.platform.files.replace(HOME.inbox, JSON.stringify([{ ...entry, ...damage }]), {
      sync: false,
    });
    const next = await device.crash();
    const { local } = await openLocalUser(next);
    expect(await local.readMessages()).toEqual([]);
    expect(LocalView.parse(local.view()).unreadMessages).toBe(0);
  });

  it("starts empty when its file was damaged", async () => {
    const { device } = await withTray();
    await ended(device, send(device));
    await device.platform.files.replace(HOME.inbox, '[{"id":', { sync: false });
    const next = await device.crash();
    expect(await (await openLocalUser(next)).local.readMessages()).toEqual([]);
    expect(next.logged.join("\n")).toContain("inbox.json is damaged");
  });
});

describe("the record of what was done here", () => {
  it("contains the text of a message only for its recipients", async () => {
    const device = await startActionDevice();
    const ann = await openLocalUser(device, "ann");
    const id = device.actions.queue("message", { title: "Hello", text: "For ann's eyes" });
    device.actions.nudge();
    await device.eventually(() => expect(ann.local.view().unshownMessages).toContain(id));
    await ann.local.acknowledge(id, SHOWN);
    const bob = await openLocalUser(device, "bob");
    const whyOf = async ({ local }: typeof ann) =>
      (await local.readRecord()).actions.find((action) => action.id === id)?.why;
    expect(await whyOf(ann)).toBe("For ann's eyes");
    expect(await whyOf(bob)).toBeNull();
  });

  it("does not contain the text of a message that is in no inbox any more", async () => {
    const device = await startActionDevice();
    const ann = await openLocalUser(device, "ann");
    const id = device.actions.queue("message", { title: "Hello", text: "Old" });
    device.actions.nudge();
    await device.eventually(() => expect(ann.local.view().unshownMessages).toContain(id));
    await device.platform.files.remove(HOME.inbox);
    const next = await device.crash();
    const later = await openLocalUser(next, "ann");
    const { actions } = await later.local.readRecord();
    expect(actions.find((action) => action.id === id)).toMatchObject({ type: "message", why: null });
  });
});
