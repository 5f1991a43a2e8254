import type { DeviceDetail, SuspectedClone } from "@muster/shared/contracts/device.ts";
import { createFormats } from "@muster/shared/i18n/formats.ts";
import { messagesEn } from "@muster/shared/i18n/messages.ts";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type PresenceStatement,
  presenceStatement,
  type Statement,
  statementsOf,
} from "../../server/dashboard/src/features/device/device-statements.ts";
import { isReporting, shownState } from "../../server/dashboard/src/features/fleet/device-state.ts";
import { reasonText, type Texts } from "../../server/dashboard/src/features/fleet/reason-text.ts";
import { type DetailRow, statusFactsOf, toDetail } from "../../server/src/fleet/devices/device-row.ts";
import { NO_FACTS } from "../../server/src/fleet/ingest/device-facts.ts";
import { deviceStatusOf } from "../../server/src/fleet/presence/device-status.ts";

const NOW = Date.UTC(2026, 10, 30, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ARCHIVED_AT = NOW - 2 * HOUR;
const CONNECTED_AT = NOW - 38 * MINUTE;
const REPORTED_AT = {
  online: NOW - 7_000,
  late: NOW - 3 * MINUTE,
  offline: NOW - 5 * HOUR,
  expired: NOW - 20 * 24 * HOUR,
};

/** What is true of a device, whatever is said about it. */
type Facts = {
  isArchived: boolean;
  isApproved: boolean;
  connection: DetailRow["connection"];
  lastWord: DetailRow["last_word"];
  deviceClass: "server" | "laptop";
  isInMaintenance: boolean;
  isPaused: boolean;
  clone: SuspectedClone["kind"] | null;
  cpu: number;
};

const BOOLEAN = [false, true] as const;
const DIMENSIONS: { [Name in keyof Facts]: readonly Facts[Name][] } = {
  isArchived: BOOLEAN,
  isApproved: BOOLEAN,
  connection: ["waiting", "online", "late", "offline", "expired"],
  lastWord: [null, "asleep", "shutting-down", "restarting", "agent-stopped"],
  deviceClass: ["server", "laptop"],
  isInMaintenance: BOOLEAN,
  isPaused: BOOLEAN,
  clone: [null, "credential", "machine-id"],
  // Scores of 100, 98 and 68.
  cpu: [10, 53, 95],
};

/** Every combination; a device that never reported has no last word and no metrics. */
function allFacts(): Facts[] {
  let all: Partial<Facts>[] = [{}];
  for (const [name, values] of Object.entries(DIMENSIONS)) {
    all = all.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })));
  }
  return (all as Facts[]).filter(
    ({ connection, lastWord, cpu }) => connection !== "waiting" || (lastWord === null && cpu === 10),
  );
}

/** The row that the server has for these facts. */
function rowOf(facts: Facts): DetailRow {
  const reportedAt = facts.connection === "waiting" ? null : REPORTED_AT[facts.connection];
  const hasReported = reportedAt !== null;
  const row: DetailRow = {
    device_no: 1,
    id: "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
    org_id: "org",
    machine_id: "m",
    origin: "muster",
    hypervisor_uuid: null,
    depends_on: null,
    has_clone: facts.clone === "machine-id" ? 1 : 0,
    hostname: "web-1",
    os_family: "linux",
    os_name: null,
    class_guess: facts.deviceClass,
    serial: null,
    address: null,
    addresses: "",
    model: null,
    macs: "",
    agent_version: null,
    booted_at: null,
    inventory_hash: null,
    user_name: null,
    reboot_required: 0,
    public_network: null,
    facts: JSON.stringify(NO_FACTS),
    excluded_mounts: "[]",
    edit_version: 1,
    edited_at: null,
    edited_by: null,
    label: null,
    customer_id: null,
    customer: null,
    notes: "",
    class_chosen: null,
    tags: "[]",
    window_until: null,
    maintenance_until: facts.isInMaintenance ? NOW + HOUR : null,
    name_sort: "",
    customer_sort: "",
    search_text: "",
    enrolled_at: NOW - 30 * 24 * HOUR,
    enrolment_token_id: null,
    approved_at: facts.isApproved ? NOW - 24 * HOUR : null,
    archived_at: facts.isArchived ? ARCHIVED_AT : null,
    clone_suspected_at: facts.clone === null ? null : NOW - HOUR,
    connection: facts.connection,
    connection_since: CONNECTED_AT,
    last_word: facts.lastWord,
    is_paused: facts.isPaused ? 1 : 0,
    paused_until: null,
    shown: "online",
    is_absent: 0,
    attention_rank: 0,
    version: 1,
    live_epoch: null,
    live_sequence: null,
    live_digest: null,
    backfill_epoch: null,
    backfill_sequence: null,
    backfill_digest: null,
    epochs: null,
    behind_at: null,
    journal_head: null,
    last_seen_at: null,
    last_received_at: reportedAt,
    interval_s: 30,
    clock_offset_ms: 0,
    clock_step_ms: null,
    boot_id: null,
    previous_boots: null,
    boot_changed_at: null,
    sampled_at: reportedAt,
    cpu: hasReported ? facts.cpu : null,
    memory: hasReported ? 20 : null,
    disk: hasReported ? 30 : null,
    disk_free: hasReported ? 50e9 : null,
    status: "ok",
    score: null,
    held_level: 0,
    warn_differs_since: null,
    critical_differs_since: null,
    idle_since: null,
    watch_state: null,
    inventory: null,
    inventory_at: null,
    services: null,
    services_at: null,
  };
  const { shown, isAbsent, attentionRank } = deviceStatusOf(statusFactsOf(row), NOW);
  return { ...row, shown, is_absent: isAbsent ? 1 : 0, attention_rank: attentionRank };
}

/** Everything that the pages say about a device. */
type Said = {
  device: DeviceDetail;
  icon: ReturnType<typeof shownState>;
  heading: PresenceStatement;
  banners: ReadonlySet<Statement>;
  why: string;
};

/** An English text with its values. */
const translate: Texts["t"] = (key, values = {}) => {
  const text = key.split(".").reduce<unknown>((node, part) => Reflect.get(Object(node), part), messagesEn);
  return String(text).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
};

type Case = { facts: Facts; said: Said };
let cases: Case[] = [];

beforeAll(() => {
  const texts = { t: translate, formats: createFormats("en") };
  cases = allFacts().map((facts) => {
    const clone = facts.clone && { kind: facts.clone, others: [] };
    const device = toDetail(rowOf(facts), NOW, {
      clone,
      unobservedS: 1_200,
      dependencies: [],
      dependents: [],
    });
    const banners = new Set(statementsOf(device));
    const why = reasonText(device, NOW, texts);
    return {
      facts,
      said: { device, icon: shownState(device), heading: presenceStatement(device), banners, why },
    };
  });
});

const hasReported = ({ connection }: Facts) => connection !== "waiting";
const reports = ({ connection }: Facts) => connection === "online" || connection === "late";
const isListed = ({ isArchived }: Facts) => !isArchived;
const isLive = (facts: Facts) => isListed(facts) && reports(facts) && facts.isApproved;
const left = ({ lastWord }: Facts) => lastWord !== null;

/** A statement, and when it is true. With `always` it is also made whenever it is true; otherwise it only may be. */
type Claim = {
  claim: string;
  made: (said: Said) => boolean;
  isTrue: (facts: Facts) => boolean;
  always?: boolean;
};

const CLAIMS: Claim[] = [
  {
    claim: "archived, in the heading",
    made: ({ heading }) => heading.name === "archived",
    isTrue: ({ isArchived }) => isArchived,
    always: true,
  },
  {
    claim: "archived, as a banner",
    made: ({ banners }) => banners.has("archived"),
    isTrue: ({ isArchived }) => isArchived,
    always: true,
  },
  {
    claim: "archived, by the icon",
    made: ({ icon }) => icon === "archived",
    isTrue: ({ isArchived }) => isArchived,
    always: true,
  },
  {
    claim: "archived, in the list",
    made: ({ why }) => why.startsWith("archived for 2"),
    isTrue: ({ isArchived }) => isArchived,
    always: true,
  },
  { claim: "well, by the green icon", made: ({ icon }) => icon === "ok", isTrue: isLive },
  {
    claim: "online, in the heading",
    made: ({ heading }) => heading.name === "online",
    isTrue: (facts) => isLive(facts) && facts.connection === "online",
  },
  {
    claim: "no report yet, in the heading",
    made: ({ heading }) => heading.name === "waiting",
    isTrue: (facts) => isListed(facts) && !hasReported(facts),
  },
  {
    claim: "no report yet, in the list",
    made: ({ why }) => why.includes("no report yet"),
    isTrue: (facts) => isListed(facts) && !hasReported(facts),
  },
  {
    claim: "needs approval, in the heading",
    made: ({ heading }) => heading.name === "approval",
    isTrue: ({ isApproved }) => !isApproved,
  },
  {
    claim: "needs approval, in the list",
    made: ({ why }) => why.includes("needs approval"),
    isTrue: (facts) => isListed(facts) && !facts.isApproved,
  },
  {
    claim: "needs approval, as a banner",
    made: ({ banners }) =>
      banners.has("approval") || banners.has("approval-silent") || banners.has("approval-unseen"),
    isTrue: (facts) => isListed(facts) && !facts.isApproved,
    always: true,
  },
  {
    claim: "reports, beside the missing approval",
    made: ({ banners }) => banners.has("approval"),
    isTrue: (facts) => reports(facts) && !facts.isApproved,
  },
  {
    claim: "has not reported, beside the missing approval",
    made: ({ banners }) => banners.has("approval-unseen"),
    isTrue: (facts) => !hasReported(facts) && !facts.isApproved,
  },
  {
    claim: "does not report now, beside the missing approval",
    made: ({ banners }) => banners.has("approval-silent"),
    isTrue: (facts) => hasReported(facts) && !facts.isApproved && !reports(facts),
  },
  {
    claim: "stopped reporting",
    made: ({ banners }) => banners.has("silent"),
    isTrue: (facts) => isListed(facts) && hasReported(facts) && (!reports(facts) || left(facts)),
  },
  {
    claim: "two machines with one credential",
    made: ({ banners }) => banners.has("clone-credential"),
    isTrue: (facts) => isListed(facts) && facts.clone === "credential",
    always: true,
  },
  {
    claim: "two devices with one machine id",
    made: ({ banners }) => banners.has("clone-machine"),
    isTrue: (facts) => isListed(facts) && facts.clone === "machine-id",
    always: true,
  },
  {
    claim: "paused",
    made: ({ banners }) => banners.has("paused"),
    isTrue: (facts) => isListed(facts) && facts.isPaused,
    always: true,
  },
  {
    claim: "in maintenance",
    made: ({ banners, heading }) => banners.has("maintenance") || heading.name === "maintenance",
    isTrue: (facts) => isListed(facts) && facts.isInMaintenance,
    always: true,
  },
  {
    claim: "current metrics",
    made: ({ device }) => isReporting(device),
    isTrue: (facts) => isListed(facts) && reports(facts),
  },
  {
    claim: "missing",
    made: ({ icon }) => icon === "absent",
    isTrue: (facts) => isListed(facts) && !reports(facts) && hasReported(facts) && !facts.isInMaintenance,
  },
  {
    claim: "asleep, by the icon",
    made: ({ icon }) => icon === "asleep",
    isTrue: ({ lastWord }) => lastWord === "asleep",
  },
];

function counterexamples(isWrong: (one: Case) => boolean): Facts[] {
  return cases
    .filter(isWrong)
    .slice(0, 2)
    .map(({ facts }) => facts);
}

describe("what the pages say about a device", () => {
  test.each(CLAIMS)("is true whenever it is shown: $claim", ({ made, isTrue, always = false }) => {
    expect(counterexamples(({ said }) => made(said))).not.toEqual([]);
    expect(counterexamples(({ facts, said }) => made(said) && !isTrue(facts))).toEqual([]);
    if (always) expect(counterexamples(({ facts, said }) => isTrue(facts) && !made(said))).toEqual([]);
  });

  test("names the reason of every lost point of a device that reports", () => {
    const lost = (text: string) =>
      [...text.matchAll(/\(−(\d+)\)/g)].reduce((sum, [, points]) => sum + Number(points), 0);
    const isUnexplained = ({ facts, said: { device, why } }: Case) =>
      isLive(facts) &&
      isReporting(device) &&
      device.health.status !== "unknown" &&
      lost(why) !== 100 - device.health.score;
    expect(counterexamples(isUnexplained)).toEqual([]);
    const scores = new Set(
      cases.map(({ said: { device } }) => (device.health.status === "unknown" ? null : device.health.score)),
    );
    expect(scores).toEqual(new Set([null, 100, 98, 68]));
  });

  test("counts an age from a stored time, never from the start of the server", () => {
    const stored = new Set(
      [ARCHIVED_AT, CONNECTED_AT, ...Object.values(REPORTED_AT)].map((at) => new Date(at).toISOString()),
    );
    expect(
      counterexamples(({ said: { heading } }) => heading.since !== null && !stored.has(heading.since)),
    ).toEqual([]);
    expect(
      counterexamples(({ said: { heading } }) => heading.name === "approval" && heading.since !== null),
    ).toEqual([]);
  });

  test("says how much of an age no server ran, but not where the age needs no server", () => {
    const isSilentAboutIt = ({ said: { heading } }: Case) =>
      heading.since !== null && heading.name !== "archived" && heading.unobservedMs !== 1_200_000;
    expect(counterexamples(isSilentAboutIt)).toEqual([]);
    expect(
      counterexamples(({ said: { heading } }) => heading.name === "archived" && heading.unobservedMs !== 0),
    ).toEqual([]);
  });

  test("makes one statement about the approval and one about the clone", () => {
    const count = (banners: ReadonlySet<Statement>, prefix: string) =>
      [...banners].filter((statement) => statement.startsWith(prefix)).length;
    const isDouble = ({ said: { banners } }: Case) =>
      count(banners, "approval") > 1 || count(banners, "clone") > 1;
    expect(counterexamples(isDouble)).toEqual([]);
  });
});
