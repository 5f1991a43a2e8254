import {
  ActivityRecord,
  DisclosedData,
  HourPoint,
  InboxMessage,
  LocalView,
  LogChunk,
  RequestOutcome,
} from "@muster/shared/contracts/local-agent.ts";
import { LocalSupport } from "@muster/shared/contracts/local-support.ts";
import { LOCAL_KEEPALIVE_MS } from "@muster/shared/protocol/local-protocol.ts";
import { z } from "zod";
import type { LocalAgent } from "../../local-agent.ts";
import { openServiceConnection, type ServiceConnection } from "./service-connection.ts";
import { type Log, messageOf } from "../../log.ts";
import type { Cancel, Clock } from "../../../platform/ports.ts";
import type { LocalChannelPort } from "../../../platform/ports/local-channel-port.ts";

/** A service that does not send the view within this time hangs. */
export const VIEW_TIMEOUT_MS = 15_000;

/** The service of this machine, as this process's user reaches it. */
type ServiceAttachment = {
  agent: LocalAgent;
  /** Resolves with the reason when the connection has ended. From then on every request rejects. */
  ended: Promise<string>;
};

type Deps = { channel: LocalChannelPort; clock: Clock; log: Log };

/** Connects to the service and watches its view. Null when none answers, or it speaks another version of the protocol. */
export async function attachToService({ channel, clock, log }: Deps): Promise<ServiceAttachment | null> {
  try {
    return await attach(channel, clock);
  } catch (error) {
    log.debug(`The service is not reached: ${messageOf(error)}`);
    return null;
  }
}

async function attach(channel: LocalChannelPort, clock: Clock): Promise<ServiceAttachment> {
  const stream = await channel.connect();
  const listeners = new Set<() => void>();
  let view: LocalView | null = null;
  function viewed(next: LocalView): void {
    view = next;
    for (const listener of listeners) listener();
  }
  const connection = openServiceConnection(stream, { clock, viewed });
  const first = await watch(connection);
  view ??= first;
  const stopSigns = giveSigns(connection, clock, viewed);
  void connection.ended.then(() => {
    stopSigns();
    listeners.clear();
  });
  const agent: LocalAgent = {
    ...askThrough(connection),
    view: () => view ?? first,
    subscribe(listener) {
      const call = () => listener();
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    close: () => connection.end("The connection was closed here."),
  };
  return { agent, ended: connection.ended };
}

async function watch(connection: ServiceConnection): Promise<LocalView> {
  try {
    return await connection.ask({ verb: "watch" }, ANSWERS.view, VIEW_TIMEOUT_MS);
  } catch (error) {
    connection.end("The view could not be watched.");
    throw error;
  }
}

/** Sends keepalives, and finds a service that hangs: it does not answer them. */
function giveSigns({ ask }: ServiceConnection, clock: Clock, viewed: (view: LocalView) => void): Cancel {
  let cancel = clock.after(LOCAL_KEEPALIVE_MS, sign);
  function sign(): void {
    cancel = clock.after(LOCAL_KEEPALIVE_MS, sign);
    // Without an answer the connection ends, and `ended` resolves.
    ask({ verb: "watch" }, ANSWERS.view, VIEW_TIMEOUT_MS).then(viewed, () => undefined);
  }
  return () => cancel();
}

type Asked = Omit<LocalAgent, "view" | "subscribe" | "close">;

function askThrough({ ask }: ServiceConnection): Asked {
  return {
    readHour: () => ask({ verb: "read", what: "hour" }, ANSWERS.hour),
    readMessages: () => ask({ verb: "read", what: "messages" }, ANSWERS.messages),
    readDisclosedData: () => ask({ verb: "read", what: "seen" }, ANSWERS.seen),
    readRecord: () => ask({ verb: "read", what: "record" }, ANSWERS.record),
    readLog: (place) => ask({ verb: "read", what: "log", place }, ANSWERS.log),
    readSupport: () => ask({ verb: "read", what: "support" }, ANSWERS.support),
    checkNow: () => ask({ verb: "check" }, ANSWERS.outcome),
    pause: (forMs) => ask({ verb: "pause", forMs }, ANSWERS.outcome),
    resume: () => ask({ verb: "resume" }, ANSWERS.outcome),
    acknowledge: (message, said) => ask({ verb: "acknowledge", message, said }, ANSWERS.outcome),
    postpone: (action, toMs) => ask({ verb: "postpone", action, toMs }, ANSWERS.outcome),
    askForHelp: (text, diagnostics) => ask({ verb: "ask", text, diagnostics }, ANSWERS.outcome),
    replyToHelp: (request, text) => ask({ verb: "reply", request, text }, ANSWERS.outcome),
    closeHelp: (request) => ask({ verb: "close", request }, ANSWERS.outcome),
    markHelpRead: (request) => ask({ verb: "mark-read", request }, ANSWERS.outcome),
  };
}

/** The schema of each answer: the service's messages are validated like any other. */
const ANSWERS = {
  view: LocalView,
  hour: z.array(HourPoint).max(240),
  messages: z.array(InboxMessage).max(200),
  seen: DisclosedData,
  record: ActivityRecord,
  support: LocalSupport,
  log: LogChunk,
  outcome: RequestOutcome,
};
