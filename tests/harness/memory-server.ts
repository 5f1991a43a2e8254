import type { SignedStatement } from "@muster/shared/contracts/action-delivery.ts";
import type { Numbering } from "@muster/shared/contracts/epoch.ts";
import { Report, type ReportAnswer } from "@muster/shared/contracts/report.ts";
import type {
  ReportOutcome,
  SendOptions,
  ServerClient,
} from "../../desktop-agent/src/transport/server-client.ts";
import type { MemoryActions } from "./memory-actions.ts";

/** `lost` never arrives, which the agent cannot know; `unanswered` is stored and its answer lost; `unreachable` is never sent. */
export type MemoryBehaviour =
  | "well"
  | "lost"
  | "unanswered"
  | "unreachable"
  | "silent"
  | "revoked"
  | "refused"
  | "conflict"
  | "behind";

export type MemoryServer = {
  /** In place of the agent's own `connect`. */
  connect: () => ServerClient;
  /** Reports as they were stored, each number once. */
  readonly stored: readonly Report[];
  /** Every request, also repeated and lost ones. */
  readonly requests: readonly { report: Report; body: string; options: SendOptions }[];
  readonly conflicts: readonly Report[];
  behave(behaviour: MemoryBehaviour | ((report: Report) => MemoryBehaviour)): void;
  /** From now on a number below the highest stored one of its lane, and then an epoch without a valid change, is "behind". */
  keepMarks(isValid: (change: SignedStatement) => boolean): void;
  answerWith(answer: Partial<ReportAnswer>): void;
  /** Whether the circuit lets requests leave. */
  open(isOpen: boolean): void;
  disconnects(): number;
};

const UNKNOWN = { kind: "unknown", reason: "no answer" } as const;

const numberOf = ({ epoch, lane, sequence }: Report) => `${epoch}/${lane}/${sequence}`;

/** A server in memory that keeps the contract of reports: a number is stored once, another content under it is a conflict. */
export function createMemoryServer(actions?: Pick<MemoryActions, "client" | "stream">): MemoryServer {
  const stored: Report[] = [];
  const requests: { report: Report; body: string; options: SendOptions }[] = [];
  const conflicts: Report[] = [];
  const byNumber = new Map<string, string>();
  let behaviourOf: (report: Report) => MemoryBehaviour = () => "well";
  let extra: Partial<ReportAnswer> = {};
  let isOpen = true;
  let disconnects = 0;
  let isValidChange: ((change: SignedStatement) => boolean) | null = null;
  let wasBehind = false;

  function numbering(): Numbering {
    const { epoch = "none00", sequence = 0 } = stored.findLast(({ lane }) => lane === "live") ?? {};
    return { epoch, sequence, nonce: `nonce-${requests.length}` };
  }

  function isBehind({ epoch, lane, sequence, epochChange }: Report): boolean {
    const known = stored.filter((report) => report.epoch === epoch);
    if (known.length === 0) return wasBehind && !(epochChange && isValidChange?.(epochChange));
    if (stored.at(-1)?.epoch !== epoch) return true;
    return known.some((report) => report.lane === lane && report.sequence > sequence);
  }

  function store(report: Report, body: string): ReportOutcome {
    if (isValidChange && byNumber.get(numberOf(report)) !== body && isBehind(report)) {
      wasBehind = true;
      return { kind: "behind", numbering: numbering() };
    }
    wasBehind = false;
    const number = numberOf(report);
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
    requests.push({ report: parsed, body, options });
    const behaviour = behaviourOf(parsed);
    switch (behaviour) {
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
        return { kind: behaviour };
      case "behind":
        return { kind: "behind", numbering: numbering() };
      case "refused":
        return { kind: "refused", error: { code: "bad-request", message: "not like this", details: [] } };
    }
  }

  return {
    connect: () => ({
      report: take,
      enrol: () => Promise.reject(new Error("This server enrols no device.")),
      checkToken: () => Promise.reject(new Error("This server enrols no device.")),
      leave: async () => ({ kind: "left" }),
      actions: actions?.client ?? {
        claim: async () => UNKNOWN,
        send: async () => UNKNOWN,
        record: async () => UNKNOWN,
      },
      support: {
        read: async () => UNKNOWN,
        ask: async () => UNKNOWN,
        reply: async () => UNKNOWN,
        close: async () => UNKNOWN,
        note: async () => UNKNOWN,
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
    requests,
    conflicts,
    behave: (next) => {
      behaviourOf = typeof next === "function" ? next : () => next;
    },
    keepMarks: (isValid) => {
      isValidChange = isValid;
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
