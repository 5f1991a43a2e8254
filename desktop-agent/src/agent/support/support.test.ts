import type { DeviceSupport } from "@muster/shared/contracts/device-support.ts";
import { describe, expect, it } from "vitest";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import type { StatementOutcome } from "../../transport/action-client.ts";
import type { SupportClient } from "../../transport/support-client.ts";
import { createLog } from "../log.ts";
import { createStateFiles } from "../state/state-files.ts";
import { makeId } from "./make-id.ts";
import { openSupport } from "./open-support.ts";

const UNREACHED = { kind: "not-sent", reason: "nothing listens" } as const;
const QUARTER_MS = 15 * 60_000;
const EMPTY: DeviceSupport = { version: "0", contact: null, alarms: [], requests: [] };

/** A server in memory that keeps what it was sent. */
function createServer() {
  const sent: unknown[][] = [];
  let isReached = true;
  let support = EMPTY;
  let outcome: StatementOutcome = { kind: "taken" };
  let reads = 0;
  const take = async (...what: unknown[]): Promise<StatementOutcome> => {
    if (!isReached) return UNREACHED;
    sent.push(what);
    return outcome;
  };
  const client: SupportClient = {
    async read(knownVersion) {
      if (!isReached) return UNREACHED;
      reads += 1;
      return knownVersion === support.version ? { kind: "unchanged" } : { kind: "read", support };
    },
    ask: ({ text, askedBy }) => take("ask", askedBy, text),
    reply: (_id, { text }) => take("reply", text),
    close: () => take("close"),
    note: (_id, receipts) => take("note", receipts),
  };
  return {
    client,
    sent,
    reads: () => reads,
    reach: (next: boolean) => void (isReached = next),
    answer: (next: StatementOutcome) => void (outcome = next),
    hold: (next: Partial<DeviceSupport>) => void (support = { ...EMPTY, ...next }),
  };
}

async function open(platform = createFakePlatform(), server = createServer()) {
  const { clock } = platform;
  const log = createLog({ level: "error", wallMs: clock.wallMs, write: () => undefined });
  const files = createStateFiles({ files: platform.files, home: HOME, warn: () => undefined });
  let changes = 0;
  const support = await openSupport({
    files,
    path: HOME.support,
    deviceId: "device",
    client: { support: server.client, tryNow: () => undefined },
    clock,
    log,
    changed: () => {
      changes += 1;
    },
  });
  return { support, server, platform, changes: () => changes };
}

/** What one answer of IT looks like. */
function answered(requestId: string, messageId: string, state: "open" | "closed" = "open") {
  const message = { id: messageId, isFromIt: true, author: "Bob", text: "Coming", at: 2, isRead: false };
  const request = { id: requestId, askedBy: "ann", askedAt: 1, text: "Help", state, messages: [message] };
  return { ...request, takenBy: "Bob", closedBy: null };
}

describe("help requests of the agent", () => {
  it("keep what was written offline over a restart, and send it in its order", async () => {
    const { support, server, platform } = await open();
    server.reach(false);
    await support.ask("ann", "Help", null);
    const [request] = support.readFor("ann").requests;
    expect(request).toMatchObject({ text: "Help", sending: "waiting", state: "open" });
    await support.reply("ann", request?.id ?? "", "Please");
    await support.stop();
    const again = await open(platform, server);
    expect(again.support.readFor("ann").requests[0]?.messages).toMatchObject([
      { text: "Please", sending: "waiting" },
    ]);
    await again.support.close("ann", request?.id ?? "");
    server.reach(true);
    again.support.serverReached(undefined);
    await expect.poll(() => server.sent).toEqual([["ask", "ann", "Help"], ["reply", "Please"], ["close"]]);
    await again.support.stop();
  });

  it("show a request as sent until the server's next answer contains it", async () => {
    const { support, server } = await open();
    server.hold({ version: "1" });
    await support.ask("ann", "Help", null);
    await expect.poll(() => support.readFor("ann").requests.map(({ sending }) => sending)).toEqual(["sent"]);
    await support.stop();
  });

  it("show what the server does not take with its reason, until it is removed", async () => {
    const { support, server } = await open();
    server.answer({ kind: "refused", reason: "Too many." });
    await support.ask("ann", "Help", null);
    await expect
      .poll(() => support.readFor("ann").requests)
      .toMatchObject([{ text: "Help", sending: "refused", reason: "Too many." }]);
    await support.close("ann", support.readFor("ann").requests[0]?.id ?? "");
    expect(support.readFor("ann").requests).toEqual([]);
    await support.stop();
  });

  it("show requests to their user only, and report which answers arrived and were read", async () => {
    const { support, server } = await open();
    const [requestId, messageId] = [makeId(1), makeId(2)];
    server.hold({ version: "1", requests: [answered(requestId, messageId)] });
    support.serverReached(undefined);
    await expect
      .poll(() => support.viewFor("ann").unreadAnswers)
      .toEqual([{ request: requestId, message: messageId, author: "Bob", text: "Coming" }]);
    expect(support.viewFor("eve").unreadAnswers).toEqual([]);
    expect(support.readFor("eve").requests).toEqual([]);
    expect(await support.reply("eve", requestId, "Mine")).toMatchObject({ kind: "refused", why: "unknown" });
    await expect.poll(() => server.sent).toEqual([["note", { delivered: [messageId], read: [] }]]);
    await support.markRead("ann", requestId);
    expect(support.viewFor("ann").unreadAnswers).toEqual([]);
    await expect.poll(() => server.sent.at(-1)).toEqual(["note", { delivered: [], read: [messageId] }]);
    await support.stop();
  });

  it("refuse a reply to a closed request, and more requests than may be open", async () => {
    const { support, server } = await open();
    const requestId = makeId(1);
    server.hold({ version: "1", requests: [answered(requestId, makeId(2), "closed")] });
    support.serverReached(undefined);
    await expect.poll(() => support.readFor("ann").requests).toHaveLength(1);
    expect(await support.reply("ann", requestId, "More")).toMatchObject({ kind: "refused", why: "over" });
    server.reach(false);
    for (let count = 0; count < 5; count += 1) await support.ask("ann", "Help", null);
    expect(await support.ask("ann", "Help", null)).toMatchObject({ kind: "refused", why: "too-many" });
    await support.stop();
  });

  it("read again when the server announces another change, and every quarter of an hour", async () => {
    const { support, server, platform } = await open();
    const reads = async (changedAt: number | undefined, expected: number) => {
      support.serverReached(changedAt);
      await expect.poll(server.reads).toBe(expected);
    };
    await reads(undefined, 1);
    await reads(undefined, 1);
    await reads(7, 2);
    await reads(7, 2);
    await reads(8, 3);
    await reads(7, 3);
    await platform.clock.advance(QUARTER_MS);
    await reads(undefined, 4);
    await support.stop();
  });
});
