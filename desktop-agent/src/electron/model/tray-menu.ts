import type { WindowName, WindowState } from "../ipc-contract.ts";
import { pauseChoices } from "./pause-choices.ts";
import { menuLabel } from "./plain-label.ts";
import { statusLine } from "./status-line.ts";
import { whenOf } from "./when-of.ts";
import type { TrayWords } from "./words.ts";

/** What an item of the menu does. */
export type TrayCommand =
  | { kind: "open"; window: WindowName }
  | { kind: "pause"; forMs: number | null }
  | { kind: "resume" }
  | { kind: "check-now" }
  | { kind: "quit" };

export type TrayMenuItem =
  | { kind: "separator" }
  /** Says something and does nothing. */
  | { kind: "text"; label: string }
  | { kind: "command"; label: string; command: TrayCommand; isEnabled: boolean }
  | { kind: "submenu"; label: string; items: TrayMenuItem[] };

/** The menu, top to bottom. Labels are ready for Electron. */
export function trayMenu(state: WindowState, words: TrayWords, nowMs: number): TrayMenuItem[] {
  const { t } = words;
  const { view, role } = state;
  const isReporting = role !== "service-silent" && view?.state.kind === "reporting";
  const unread = view?.unreadMessages ?? 0;
  const messages = unread > 0 ? t("tray.menu.messagesUnread", { count: unread }) : t("tray.menu.messages");
  return [
    { kind: "text", label: menuLabel(view?.hostname ?? t("tray.product")) },
    { kind: "text", label: menuLabel(statusLine(state, words, nowMs)) },
    ...rebootItem(state, words, nowMs),
    { kind: "separator" },
    opens("status", t("tray.menu.open")),
    opens("messages", messages),
    opens("record", t("tray.menu.record")),
    opens("log", t("tray.menu.log")),
    { kind: "separator" },
    ...pauseItems(state, words),
    command(t("tray.menu.checkNow"), { kind: "check-now" }, isReporting),
    { kind: "separator" },
    opens("setup", t("tray.menu.setup")),
    command(t(role === "own-engine" ? "tray.menu.quit" : "tray.menu.quitTray"), { kind: "quit" }),
  ];
}

function command(label: string, does: TrayCommand, isEnabled = true): TrayMenuItem {
  return { kind: "command", label: menuLabel(label), command: does, isEnabled };
}

function opens(window: WindowName, label: string): TrayMenuItem {
  return command(label, { kind: "open", window });
}

function rebootItem({ view }: WindowState, { t, formats }: TrayWords, nowMs: number): TrayMenuItem[] {
  if (!view?.reboot) return [];
  return [opens("reboot", t("tray.menu.reboot", { when: whenOf(view.reboot.dueAtMs, nowMs, formats) }))];
}

function pauseItems({ view, role }: WindowState, { t, formats }: TrayWords): TrayMenuItem[] {
  if (view === null || role === "service-silent") return [];
  const choices = pauseChoices(view);
  switch (choices.kind) {
    case "resume":
      return [command(t("tray.menu.resume"), { kind: "resume" })];
    case "offered": {
      const items = choices.choicesMs.map((forMs) => {
        const label =
          forMs === null
            ? t("tray.menu.pauseUntilResumed")
            : t("tray.menu.pauseFor", { duration: exactDuration(forMs, formats) });
        return command(label, { kind: "pause", forMs });
      });
      return [{ kind: "submenu", label: menuLabel(t("tray.menu.pause")), items }];
    }
    case "none": {
      if (choices.why === "not-reporting") return [];
      const organization = view.enrolled?.organization ?? t("tray.menu.yourOrganization");
      const label =
        choices.why === "forbidden"
          ? t("tray.menu.pauseForbidden", { organization })
          : t("tray.menu.pauseElsewhere");
      return [{ kind: "text", label: menuLabel(label) }];
    }
  }
}

const HOUR_MS = 3_600_000;

/** A cap of 90 minutes is offered as what it is. */
function exactDuration(ms: number, formats: TrayWords["formats"]): string {
  const restMs = ms % HOUR_MS;
  if (ms < HOUR_MS || restMs === 0) return formats.duration(ms);
  return `${formats.duration(ms - restMs)} ${formats.duration(restMs)}`;
}
