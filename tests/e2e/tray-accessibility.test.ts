import type {
  InboxMessage,
  ActivityRecord,
  LocalView,
  DisclosedData,
} from "@muster/shared/contracts/local-agent.ts";
import type { LocalSupport } from "@muster/shared/contracts/local-support.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { SetupStep, WindowName, WindowState } from "../../desktop-agent/src/electron/ipc-contract.ts";
import { makeLocalView, measured } from "../../desktop-agent/src/electron/model/local-view.factory.ts";
import { findViolations } from "../harness/accessibility.ts";
import { bundledTray } from "../harness/bundled-tray.ts";
import { launchChromium } from "../harness/chromium.ts";
import { openTrayWindow } from "../harness/tray-window.ts";

const NOW_MS = Date.now();
const HOUR_MS = 3_600_000;
const SIZES = [{ width: 420, height: 560 }];

const idOf = (number: number) => `0198c0de-0000-7000-8000-00000000000${number}`;
const REBOOT: LocalView["reboot"] = {
  actionId: idOf(3),
  askedBy: "Ann",
  reason: "Updates",
  dueAtMs: NOW_MS + HOUR_MS / 2,
  latestAtMs: NOW_MS + 2 * HOUR_MS,
  postponementsLeft: 1,
  warnings: ["disk-password"],
};
const MESSAGE: InboxMessage = {
  id: idOf(1),
  askedBy: "Ann",
  title: "Maintenance tonight",
  text: "Please save your work before.",
  urgency: "urgent",
  buttons: ["All right", "Not tonight"],
  receivedAtMs: NOW_MS,
  shownAtMs: NOW_MS,
  readAtMs: null,
  pressed: null,
  isAnswerable: true,
};
const ANSWERED = { ...MESSAGE, id: idOf(2), readAtMs: NOW_MS, pressed: "All right", isAnswerable: false };
const SEEN: DisclosedData = {
  items: [
    { key: "metric.cpu", kind: "metric", value: 12 },
    { key: "fact.user", kind: "fact", value: "ann" },
    { key: "inventory.hostname", kind: "inventory", value: null },
  ],
  intervalS: 15,
  kept: { samplesDays: 3, fiveMinutesDays: 30, hoursDays: 400 },
};
const END = { startedAtMs: NOW_MS, endedAtMs: NOW_MS, outcome: "done", message: null } as const;
const DONE = { id: idOf(4), type: "restart", askedBy: "Ann", why: null, askedAtMs: NOW_MS, here: END };
const RECORD: ActivityRecord = {
  actions: [
    { ...DONE, server: END, differs: false },
    { ...DONE, id: idOf(5), why: "Updates", server: null, differs: true },
    { ...DONE, id: idOf(6), here: { ...END, outcome: "error", message: "no" }, differs: false },
  ],
  compared: { kind: "yes", atMs: NOW_MS },
};
const ALARM: LocalView["support"]["alarms"][number] = {
  id: idOf(7),
  severity: "critical",
  openedAt: NOW_MS,
  texts: {
    en: { title: "Disk full", sentence: "desk: Disk full" },
    fr: { title: "x", sentence: "x" },
    es: { title: "x", sentence: "x" },
    ru: { title: "x", sentence: "x" },
    de: { title: "x", sentence: "x" },
  },
  acknowledgedBy: null,
  assignedTo: "Ann",
};
const ASKED: LocalSupport["requests"][number] = {
  id: idOf(8),
  text: "The printer does not print.",
  askedAtMs: NOW_MS,
  state: "open",
  sending: "sent",
  reason: null,
  takenBy: "Bob",
  closedBy: null,
  messages: [
    {
      id: idOf(9),
      isFromIt: true,
      author: "Bob",
      text: "Which one?",
      atMs: NOW_MS,
      isRead: false,
      sending: "sent",
      reason: null,
    },
  ],
};
const SUPPORT: LocalSupport = {
  contact: { name: "Helpdesk", reach: "+43 1 234 56", hours: "Mon to Fri, 8 to 17" },
  requests: [
    ASKED,
    { ...ASKED, id: idOf(1), sending: "waiting", messages: [] },
    { ...ASKED, id: idOf(2), sending: "refused", reason: "Too many.", messages: [] },
    { ...ASKED, id: idOf(3), state: "closed", messages: [] },
  ],
  diagnostics: {
    atMs: NOW_MS,
    agentVersion: "1.0.0",
    state: "reporting",
    health: 80,
    problem: null,
    diskPercent: 50,
    diskMount: "/home",
    uptimeS: 3_600,
  },
};
const LINES = ["debug", "info", "warn", "error"]
  .map((level) => `2026-11-20T10:02:00.400Z ${level.padEnd(5)} something was done\n`)
  .join("");
const FAILED: SetupStep[] = [
  { step: "address", result: "ok", problem: null },
  {
    step: "certificate",
    result: "failed",
    problem: { code: "certificate-untrusted", detail: "self-signed" },
  },
  { step: "server", result: "skipped", problem: null },
];
const NOT_ENROLLED = { enrolled: null, state: { kind: "not-enrolled", reason: null }, latest: null } as const;

describe("the accessibility of the tray's windows", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    [browser] = await Promise.all([launchChromium(), bundledTray()]);
  }, 120_000);
  afterAll(() => browser?.close());

  async function open(name: WindowName, changes: Partial<LocalView> | null = {}): Promise<Page> {
    const state: WindowState = {
      view: changes && makeLocalView(changes),
      role: changes === null ? "service-unreachable" : "embedded-engine",
      language: "en",
      locale: "en-GB",
      settings: { language: null, opensAtLogin: true, canChangeOpensAtLogin: true, secretsKept: "key-store" },
    };
    const { page } = await openTrayWindow(browser, name, state, {
      "read-hour": () =>
        [4, 3, 1].map((part) => ({
          atMs: NOW_MS - part * 600_000,
          score: 80,
          cpu: 12,
          memory: 40,
          disk: 55,
        })),
      "read-messages": () => [MESSAGE, ANSWERED],
      "read-disclosed-data": () => SEEN,
      "read-record": () => RECORD,
      "read-log": ({ kind }) => ({
        run: "a",
        text: kind === "end" ? LINES : "",
        fromByte: kind === "end" ? 0 : LINES.length,
        toByte: LINES.length,
        sizeBytes: LINES.length,
      }),
      "read-support": () => SUPPORT,
      "mark-help-read": () => ({ kind: "done" }),
      "mark-read": () => ({ kind: "done" }),
      "test-setup": () => FAILED,
    });
    onTestFinished(() => page.close());
    return page;
  }
  const check = async (page: Page, place: string) =>
    expect.soft(await findViolations(page, { sizes: SIZES }), place).toEqual([]);

  test.each<{ place: string; changes: Partial<LocalView> | null }>([
    { place: "well", changes: {} },
    {
      place: "bad, with a reboot to come",
      changes: { ...measured({ cpu: 97, memory: 96, disk: 98 }), reboot: REBOOT },
    },
    {
      place: "with an alarm",
      changes: { support: { revision: 1, alarms: [ALARM], unreadAnswers: [] } },
    },
    { place: "paused", changes: { state: { kind: "paused", untilMs: NOW_MS + HOUR_MS }, latest: null } },
    {
      place: "not connected",
      changes: { contact: { isReached: false, lastDeliveredAtMs: null, problem: "refused" } },
    },
    { place: "not enrolled", changes: NOT_ENROLLED },
    { place: "without its service", changes: null },
  ])("status: $place", async ({ place, changes }) => {
    const page = await open("status", changes);
    await page.getByRole("heading").first().waitFor();
    await check(page, place);
  });

  test("log", async () => {
    const page = await open("log");
    await page.getByText("something was done").first().waitFor();
    await check(page, "log");
  });

  test("messages", async () => {
    const page = await open("messages");
    await page.getByRole("button", { name: "Not tonight" }).waitFor();
    await check(page, "messages");
  });

  test("ask", async () => {
    const page = await open("ask");
    await page.getByLabel("Send a summary of this computer").check();
    await page.getByText("50% of /home").waitFor();
    await page.getByRole("button", { name: "Send to IT" }).click();
    await page.getByText("Describe first what you need.").waitFor();
    await check(page, "ask");
  });

  test("both records, which the arrow keys switch", async () => {
    const page = await open("record");
    await page.getByRole("tab", { name: "What IT sees" }).focus();
    await check(page, "what IT sees");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tabpanel", { name: "What IT did" }).getByRole("article").first().waitFor();
    expect(await page.locator(":focus").innerText()).toBe("What IT did");
    await check(page, "what IT did");
  });

  test("set-up, before and after joining", async () => {
    const before = await open("setup", NOT_ENROLLED);
    await before.getByLabel("Server address").fill("muster.example.com");
    await before.getByLabel("Token", { exact: true }).fill("mt_token");
    await before.getByRole("button", { name: "Test" }).click();
    await before.getByText("Details").click();
    await before.getByText("self-signed").waitFor();
    await check(before, "set-up");
    const joined = await open("setup");
    const leave = joined.getByRole("button", { name: "Leave this server" });
    await leave.click();
    await joined.getByRole("dialog").waitFor();
    await check(joined, "question");
    await joined.keyboard.press("Escape");
    await joined.getByRole("dialog").waitFor({ state: "detached" });
    expect(await joined.locator(":focus").innerText()).toBe(await leave.innerText());
    await check(joined, "joined");
  });

  test("reboot", async () => {
    const page = await open("reboot", { reboot: REBOOT });
    await page.getByRole("button", { name: "Pick a time" }).click();
    await page.getByLabel("Day and time of the reboot").waitFor();
    await check(page, "reboot");
    await page.getByRole("button", { name: "Now", exact: true }).click();
    await check(page, "reboot now");
  });
});
