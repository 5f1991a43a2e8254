import { Report, type ReportAnswer } from "@muster/shared/contracts/report.ts";
import type {
  ReportOutcome,
  SendOptions,
  ServerClient,
} from "../../desktop-agent/src/transport/server-client.ts";
import type { MemoryActions } from "./memory-actions.ts";

/** `lost` never arrives though the agent cannot know, `unanswered` is stored and its answer lost, `unreachable` never leaves. */
export type MemoryManner =
  | "well"
  | "lost"
  | "unanswered"
  | "unreachable"
  | "silent"
  | "revoked"
  | "refused"
  | "conflict";

export type MemoryServer = {
  /** In place of the agent's own `connect`. */
  connect: () => ServerClient;
  /** Reports as they were stored, each number once. */
  readonly stored: readonly Report[];
  /** What was asked, repeated and lost ones too. */
  readonly asked: readonly { report: Report; body: string; options: SendOptions }[];
  readonly conflicts: readonly Report[];
  behave(manner: MemoryManner | ((report: Report) => MemoryManner)): void;
  answerWith(answer: Partial<ReportAnswer>): void;
  /** Whether the circuit lets requests leave. */
  open(isOpen: boolean): void;
  disconnects(): number;
};

const UNKNOWN = { kind: "unknown", reason: "no answer" } as const;

/** A server in memory that keeps the contract of reports: a number is stored once, another content under it is a conflict. */
export function createMemoryServer(actions?: Pick<MemoryActions, "client" | "stream">): MemoryServer {
  const stored: Report[] = [];
  const asked: { report: Report; body: string; options: SendOptions }[] = [];
  const conflicts: Report[] = [];
  const byNumber = new Map<string, string>();
  let manner: (report: Report) => MemoryManner = () => "well";
  let extra: Partial<ReportAnswer> = {};
  let isOpen = true;
  let disconnects = 0;

  function store(report: Report, body: string): ReportOutcome {
    const number = `${report.epoch}/${report.lane}/${report.sequence}`;
    const known = byNumber.get(number);
    if (known !== undefined && known !== body) {
      conflicts.push(report);
      return { kind: "conflict" };
    }
    if (known === undefined) stored.push(report);
    byNumber.set(number, body);
    return { kind: "delivered", answer: { stored: known === undefined, ...extra } };
  }

  async function take(body: string, options: SendOptions = {}): Promise<ReportOutcome> {
    const parsed = Report.parse(JSON.parse(body));
    asked.push({ report: parsed, body, options });
    const how = manner(parsed);
    switch (how) {
      case "well":
        return store(parsed, body);
      case "lost":
        return UNKNOWN;
      case "unanswered":
        store(parsed, body);
        return UNKNOWN;
      case "unreachable":
        return { kind: "not-sent", reason: "nothing listens" };
      case "silent":
        return new Promise((resolve) => {
          options.signal?.addEventListener("abort", () => resolve(UNKNOWN), { once: true });
        });
      case "revoked":
      case "conflict":
        return { kind: how };
      case "refused":
        return { kind: "refused", error: { code: "bad-request", message: "not like this", details: [] } };
    }
  }

  return {
    connect: () => ({
      report: take,
      enrol: () => Promise.reject(new Error("this server enrols nobody")),
      checkToken: () => Promise.reject(new Error("this server enrols nobody")),
      leave: async () => ({ kind: "left" }),
      actions: actions?.client ?? {
        claim: async () => UNKNOWN,
        send: async () => UNKNOWN,
        record: async () => UNKNOWN,
      },
      stream:
        actions?.stream ??
        (() => ({
          keepOpen: () => undefined,
          close: () => undefined,
          tryNow: () => undefined,
          isOpen: () => false,
        })),
      isOpen: () => isOpen,
      tryNow: () => {
        isOpen = true;
      },
      disconnect: () => {
        disconnects += 1;
      },
    }),
    stored,
    asked,
    conflicts,
    behave: (next) => {
      manner = typeof next === "function" ? next : () => next;
    },
    answerWith: (next) => {
      extra = next;
    },
    open: (next) => {
      isOpen = next;
    },
    disconnects: () => disconnects,
  };
}
