import { generateKeyPairSync } from "node:crypto";
import type { ActionEnvelope, ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import { describe, expect, it } from "vitest";
import { type ActionDevice, startActionDevice } from "../../../../tests/harness/action-device.ts";

const MESSAGE = { title: "Hello", text: "World" };
const OTHER_ID = "01890a5d-ac96-774b-bcce-ffffffffffff";

type Change = (envelope: ActionEnvelope, order: ActionOrder, device: ActionDevice) => ActionEnvelope;

const REFUSED: Record<string, { change: Change; reason: string }> = {
  "that another key signed": {
    change: (_, order, { actions }) => actions.envelope(order, generateKeyPairSync("ed25519").privateKey),
    reason: "It is not signed by a key that this device trusts.",
  },
  "signed by a key that is not pinned, under a name of its own": {
    change: (_, order, { actions }) =>
      actions.envelope(order, generateKeyPairSync("ed25519").privateKey, "key-2"),
    reason: "It is not signed by a key that this device trusts.",
  },
  "that was altered after signing": {
    change: ({ signatures }, order) => ({
      signatures,
      order: Buffer.from(JSON.stringify({ ...order, payload: { ...MESSAGE, text: "Other" } })).toString(
        "base64url",
      ),
    }),
    reason: "It is not signed by a key that this device trusts.",
  },
  "of another organization": {
    change: (_, order, { actions }) => actions.envelope({ ...order, organizationId: OTHER_ID }),
    reason: "It belongs to another organization.",
  },
  "for another device": {
    change: (_, order, { actions }) => actions.envelope({ ...order, deviceId: OTHER_ID }),
    reason: "It is for another device.",
  },
  "that answers another claim": {
    change: (_, order, { actions }) => actions.envelope({ ...order, nonce: "n".repeat(43) }),
    reason: "It does not belong to this claim.",
  },
  "that is over by the server's time, whatever the device's clock says": {
    change: (_, order, { actions, platform }) =>
      actions.envelope({ ...order, validUntil: platform.clock.wallMs() + 3_600_000 }),
    reason: "It has expired.",
  },
};

describe("an order", () => {
  it.each(Object.entries(REFUSED))(
    "%s is refused and reported as refused, and nothing is done",
    async (_, hostile) => {
      const device = await startActionDevice();
      device.actions.handOut((envelope, order) => hostile.change(envelope, order, device));
      const id = device.actions.queue("message", MESSAGE);
      device.actions.nudge();
      await device.eventually(() => expect(device.actions.row(id).error_code).toBe("refused-envelope"));
      expect(device.actions.row(id).error_message).toContain(hostile.reason);
      expect(device.platform.messages.shown).toEqual([]);
      expect(device.logged.join("\n")).toContain(hostile.reason);
    },
  );

  it.each([
    ["is no JSON", "not JSON"],
    ["is JSON of another kind", '"message"'],
    ["lacks a field", '{"v":1}'],
    ["is of another version", JSON.stringify({ v: 2 })],
  ])("that %s is refused without a report, as it names no action", async (_, text) => {
    const device = await startActionDevice();
    device.actions.handOut((envelope) => ({ ...envelope, order: Buffer.from(text).toString("base64url") }));
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(device.logged.join("\n")).toContain("An order was refused"));
    expect(device.actions.row(id).state).toBe("delivered");
    expect(device.actions.statements).toEqual([]);
  });

  it("is refused if its payload does not match the contract, although it is signed", async () => {
    const device = await startActionDevice();
    device.actions.handOut((_, order) =>
      device.actions.envelope({ ...order, payload: { delayMinutes: -1 } }),
    );
    const id = device.actions.queue("reboot");
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(id).error_code).toBe("refused-envelope"));
    expect(device.platform.reboots.scheduled).toEqual([]);
  });

  it("does not prevent a valid one beside it", async () => {
    const device = await startActionDevice();
    const forged = device.actions.queue("reboot");
    const honest = device.actions.queue("message", MESSAGE);
    device.actions.handOut((envelope, order) =>
      order.actionId === forged ? device.actions.envelope({ ...order, nonce: "x" }) : envelope,
    );
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(honest).state).toBe("done"));
    expect(device.platform.reboots.scheduled).toEqual([]);
  });
});

describe("a replay", () => {
  it("is refused if the envelope was valid in an earlier claim", async () => {
    const device = await startActionDevice();
    let kept: ActionEnvelope | null = null;
    device.actions.handOut((envelope) => {
      kept ??= envelope;
      return kept;
    });
    const first = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(first).state).toBe("done"));
    device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() =>
      expect(device.logged.join("\n")).toContain("It does not belong to this claim."),
    );
    expect(device.platform.messages.shown).toHaveLength(1);
  });

  it("is not executed again if it was signed again for this claim, not even by a later run", async () => {
    const device = await startActionDevice();
    const first = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(first).state).toBe("done"));
    device.actions.handOut((_, order) => device.actions.envelope({ ...order, actionId: first }));
    device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(device.logged.join("\n")).toContain("handed out again"));
    const second = await device.crash();
    second.actions.queue("message", MESSAGE);
    second.actions.nudge();
    await second.eventually(() => expect(second.logged.join("\n")).toContain("handed out again"));
    expect(device.platform.messages.shown).toHaveLength(1);
    expect(second.platform.messages.shown).toEqual([]);
  });
});
