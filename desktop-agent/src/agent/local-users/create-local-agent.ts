import { hostname } from "node:os";
import type { InboxMessage, LocalView, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent, LocalUser } from "../local-agent.ts";
import { acknowledge } from "./acknowledge.ts";
import { diagnosticsOf } from "../support/diagnostics.ts";
import { disclosedDataOf } from "./disclosed-data.ts";
import { withoutMessagesOfOthers } from "./activity-record.ts";
import { asMessage, isMissed, isUnshown, receiptOf } from "./inbox-entry.ts";
import type { Inbox } from "./inbox.ts";
import type { LocalUsersDeps } from "./local-users.ts";
import type { PlannedReboots } from "./planned-reboots.ts";
import { readLog } from "./log-reader.ts";
import { refused } from "./request-outcome.ts";
import type { Support } from "../support/open-support.ts";
import { trackConsole } from "./tracked-state.ts";
import { maxPauseMs } from "../state/policy-store.ts";
import { cleanLine } from "../../collectors/clean-line.ts";

/** One user's attachment. */
export type OpenLocalUser = { agent: LocalAgent; user: string; refresh(): void };

export type UserContext = {
  localUser: LocalUser;
  inbox: Inbox;
  checkNow: LocalAgent["checkNow"];
  readRecord: LocalAgent["readRecord"];
  plannedReboot: () => LocalView["reboot"];
  bringsForward: PlannedReboots["bringsForward"];
  postpone: PlannedReboots["postpone"];
  closed: () => void;
};

/** The agent for one local user. */
export function createLocalAgent(deps: LocalUsersDeps, around: UserContext): OpenLocalUser {
  const { localUser, inbox, checkNow, closed } = around;
  const { clock, files, localChannel } = deps.platform;
  const { user } = localUser;
  const listeners = new Set<() => void>();
  const console = trackConsole(localUser, clock, refresh);
  let view = compose();

  function compose(): LocalView {
    return composeView(deps, {
      isAtConsole: console.isAtConsole(),
      unreadMessages: messages().filter(({ readAtMs }) => readAtMs === null).length,
      unshownMessages: inbox.entries().flatMap((entry) => (isUnshown(entry, user) ? entry.id : [])),
      reboot: around.plannedReboot(),
      support: deps.support()?.viewFor(user) ?? NO_SUPPORT,
    });
  }

  function messages(): InboxMessage[] {
    return inbox.entries().flatMap((entry) => asMessage(entry, user, clock.wallMs()) ?? []);
  }

  function sources() {
    const { observations, status, policy } = deps;
    const intervalS = status().reporting?.intervalS ?? 0;
    return {
      latest: observations.latest(),
      inventory: observations.inventory(),
      intervalS,
      policy: policy(),
    };
  }

  function refresh(): void {
    console.refreshIfStale();
    const next = compose();
    if (JSON.stringify(next) === JSON.stringify(view)) return;
    view = next;
    for (const listener of listeners) listener();
  }

  /** Whether nobody else is logged in. False where that cannot be read. */
  async function isAlone(): Promise<boolean> {
    try {
      const users = await localChannel.users();
      return users.length > 0 && users.every((other) => other.user === user);
    } catch {
      return false; // An unknown neighbour may have unsaved work.
    }
  }

  /** The agent inside a tray has one user: everything that it shows is theirs. */
  function isOwnMessage(id: string): boolean {
    const entry = inbox.find(id);
    if (deps.agent.variant === "tray") return true;
    return entry !== undefined && receiptOf(entry, user) !== undefined && !isMissed(entry, user);
  }

  const agent: LocalAgent = {
    view: () => view,
    subscribe(listener) {
      const call = () => listener();
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    readHour: async () => deps.observations.hour(),
    readMessages: async () => messages().toReversed(),
    readDisclosedData: async () => disclosedDataOf(sources()),
    readRecord: async () => withoutMessagesOfOthers(await around.readRecord(), isOwnMessage),
    readLog: (place) => readLog(files, deps.logPath, place),
    checkNow,
    async pause(forMs) {
      if (!(await localUser.isAtConsole())) return refused("not-at-console");
      if (!deps.status().reporting) return refused("not-enrolled");
      if (forMs !== null && !(forMs > 0))
        return refused("failed", "The length of a pause must be more than zero.");
      return deps.pause(forMs);
    },
    async resume() {
      if (!(await localUser.isAtConsole())) return refused("not-at-console");
      return deps.resume();
    },
    acknowledge: (id, said) => acknowledge({ inbox, clock, read: deps.reportRead }, user, id, said),
    async postpone(actionId, toMs) {
      const mayBringForward =
        around.bringsForward(actionId, toMs) && ((await localUser.isAtConsole()) || (await isAlone()));
      return around.postpone(actionId, toMs, { mayBringForward });
    },
    ...helpOf(deps, user),
    close() {
      listeners.clear();
      closed();
    },
  };
  return { agent, user, refresh };
}

type Help = Pick<LocalAgent, "readSupport" | "askForHelp" | "replyToHelp" | "closeHelp" | "markHelpRead">;

/** Help requests of one user. */
function helpOf(deps: LocalUsersDeps, user: string): Help {
  const { status, observations, agent } = deps;
  const asked = async (ask: (support: Support) => Promise<RequestOutcome>) => {
    const support = deps.support();
    return support ? ask(support) : refused("not-enrolled");
  };
  return {
    readSupport: async () => ({
      ...(deps.support()?.readFor(user) ?? { contact: null, requests: [] }),
      diagnostics: diagnosticsOf({
        clock: deps.platform.clock,
        agentVersion: agent.version,
        status: status(),
        observations,
      }),
    }),
    askForHelp: (text, diagnostics) => asked((support) => support.ask(user, text, diagnostics)),
    replyToHelp: (id, text) => asked((support) => support.reply(user, id, text)),
    closeHelp: (id) => asked((support) => support.close(user, id)),
    markHelpRead: (id) => asked((support) => support.markRead(user, id)),
  };
}

/** The part of a view that differs between users. */
type UserPart = Pick<LocalView, "unreadMessages" | "unshownMessages"> & {
  isAtConsole: boolean;
  reboot: LocalView["reboot"];
  support: LocalView["support"];
};

const NO_SUPPORT: LocalView["support"] = { revision: 0, alarms: [], unreadAnswers: [] };

type ViewSource = Pick<LocalUsersDeps, "agent" | "startedAtMs" | "status" | "observations" | "policy">;

/** What one user sees of the machine now. */
function composeView(deps: ViewSource, own: UserPart): LocalView {
  const { state, reporting } = deps.status();
  const { observations } = deps;
  const latest = state.kind === "reporting" ? observations.latest() : null;
  const longestMs = maxPauseMs(deps.policy());
  return {
    agent: { version: deps.agent.version, variant: deps.agent.variant, startedAtMs: deps.startedAtMs },
    hostname: observations.inventory()?.hostname ?? cleanLine(hostname(), 255) ?? "unknown",
    state,
    enrolled: reporting
      ? {
          deviceId: reporting.deviceId,
          server: reporting.server,
          organization: reporting.organization,
          intervalS: reporting.intervalS,
        }
      : null,
    contact: reporting?.contact ?? { isReached: false, lastDeliveredAtMs: null, problem: null },
    spooledSamples: reporting?.spool.samples ?? 0,
    waitingActions: reporting?.waitingActions ?? 0,
    latest:
      latest === null
        ? null
        : { sample: latest.sample, health: latest.health, diskMount: latest.facts.diskMount ?? null },
    attention: observations.attention(),
    pause: {
      isAllowed: own.isAtConsole,
      longestMs: Number.isFinite(longestMs) ? longestMs : null,
    },
    unreadMessages: own.unreadMessages,
    unshownMessages: own.unshownMessages,
    reboot: own.reboot,
    support: own.support,
  };
}
