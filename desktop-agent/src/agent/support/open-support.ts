import {
  type DeviceAlarm,
  type HelpDiagnostics,
  MAX_OPEN_HELP_REQUESTS,
} from "@muster/shared/contracts/device-support.ts";
import type { LocalView, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { LocalHelpRequest, LocalSupport } from "@muster/shared/contracts/local-support.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import type { Clock } from "../../platform/ports.ts";
import type { ServerClient } from "../../transport/server-client.ts";
import { DONE, refused } from "../local-users/request-outcome.ts";
import { type Log, messageOf } from "../log.ts";
import type { StateFiles } from "../state/state-files.ts";
import { makeId } from "./make-id.ts";
import { type Outgoing, requestIdOf } from "./outgoing.ts";
import { openSupportStore, type StoredSupport } from "./support-store.ts";
import { createSupportSync, type SupportSync } from "./support-sync.ts";
import { requestsOf, supportViewOf } from "./support-view.ts";

/** Alarms of this device and help requests of its local users, in the name of one identity. */
export type Support = Pick<SupportSync, "serverReached" | "stop"> & {
  alarms(): readonly DeviceAlarm[];
  /** What a user sees without reading. */
  viewFor(user: string): LocalView["support"];
  readFor(user: string): Omit<LocalSupport, "diagnostics">;
  ask(user: string, text: string, diagnostics: HelpDiagnostics | null): Promise<RequestOutcome>;
  reply(user: string, requestId: string, text: string): Promise<RequestOutcome>;
  close(user: string, requestId: string): Promise<RequestOutcome>;
  markRead(user: string, requestId: string): Promise<RequestOutcome>;
};

export type OpenSupportDeps = {
  files: StateFiles;
  path: string;
  deviceId: string;
  client: Pick<ServerClient, "support" | "tryNow">;
  clock: Clock;
  log: Log;
  changed: () => void;
};

const MAX_OUTGOING = 100;

/** Continues with what an earlier run left. Rejects when the disk cannot be read. */
export async function openSupport(deps: OpenSupportDeps): Promise<Support> {
  const { clock, client, log } = deps;
  const store = await openSupportStore(deps.files, deps.path, deps.deviceId);
  let revision = 1;
  function changed(): void {
    revision += 1;
    deps.changed();
  }
  const sync = createSupportSync({ client: client.support, store, clock, log, changed });

  /** Stores it, then sends it now or as soon as the server can be reached. */
  async function send(outgoing: Outgoing): Promise<RequestOutcome> {
    if (store.now().outgoing.length >= MAX_OUTGOING) return refused("too-many");
    return keep((now) => ({ outgoing: [...now.outgoing, outgoing] }));
  }

  async function keep(update: (now: StoredSupport) => Partial<StoredSupport>): Promise<RequestOutcome> {
    try {
      await store.change(update);
    } catch (error) {
      return refused("failed", `The agent could not store it: ${messageOf(error)}`);
    }
    changed();
    client.tryNow();
    void sync.run();
    return DONE;
  }

  const find = (user: string, id: string): LocalHelpRequest | undefined =>
    requestsOf(store.now(), user).find((request) => request.id === id);

  function openRequests(): number {
    const { known, outgoing } = store.now();
    const open = (known?.requests ?? []).filter(({ state }) => state === "open");
    return open.length + outgoing.filter(({ kind }) => kind === "ask").length;
  }

  return {
    serverReached: sync.serverReached,
    stop: sync.stop,
    alarms: () => store.now().known?.alarms ?? [],
    viewFor: (user) => ({ revision, ...supportViewOf(store.now(), user) }),
    readFor: (user) => ({
      contact: store.now().known?.contact ?? null,
      requests: requestsOf(store.now(), user),
    }),
    async ask(user, text, diagnostics) {
      if (openRequests() >= MAX_OPEN_HELP_REQUESTS) return refused("too-many");
      const atMs = clock.wallMs();
      const askedBy = cleanLine(user, 120) ?? "unknown";
      const request = { id: makeId(atMs), text, askedBy, askedAt: atMs, diagnostics };
      return send({ kind: "ask", request });
    },
    async reply(user, requestId, text) {
      const request = find(user, requestId);
      if (!request || request.sending === "refused") return refused("unknown");
      if (request.state === "closed") return refused("over");
      const atMs = clock.wallMs();
      return send({ kind: "reply", requestId, user, message: { id: makeId(atMs), text }, atMs });
    },
    async close(user, requestId) {
      const request = find(user, requestId);
      if (!request) return refused("unknown");
      if (request.state === "closed") return DONE;
      const isAbout = (one: Outgoing) => requestIdOf(one) === requestId;
      if (request.sending === "refused") {
        return keep((now) => ({ refused: now.refused.filter(({ what }) => !isAbout(what)) }));
      }
      return send({ kind: "close", requestId });
    },
    async markRead(user, requestId) {
      const { unreadAnswers } = supportViewOf(store.now(), user);
      const read = unreadAnswers.flatMap(({ request, message }) => (request === requestId ? message : []));
      if (read.length === 0) return DONE;
      return send({ kind: "receipts", requestId, receipts: { delivered: [], read } });
    },
  };
}
