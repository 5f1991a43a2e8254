import type { WindowName, WindowState } from "../ipc-contract.ts";
import { pauseChoices } from "./pause-choices.ts";
import { menuLabel } from "./label-text.ts";
import { statusLine } from "./status-line.ts";
import { formatWhen } from "./format-when.ts";
import type { TrayTranslations } from "./translations.ts";

/** The command of a menu item. */
export type TrayCommand =
  | { kind: "open"; window: WindowName }
  | { kind: "pause"; forMs: number | null }
  | { kind: "resume" }
  | { kind: "check-now" }
  | { kind: "quit" };

export type TrayMenuItem =
  | { kind: "separator" }
  /** Shows text only. */
  | { kind: "text"; label: string }
  | { kind: "command"; label: string; command: TrayCommand; isEnabled: boolean }
  | { kind: "submenu"; label: string; items: TrayMenuItem[] };

/** The menu from top to bottom. Labels are escaped for Electron. */
export function trayMenu(state: WindowState, translations: TrayTranslations, nowMs: number): TrayMenuItem[] {
  const { t } = translations;
  const { view, role } = state;
  const isReporting = role !== "service-unreachable" && view?.state.kind === "reporting";
  const unread = view?.unreadMessages ?? 0;
  const messages = unread > 0 ? t("tray.menu.messagesUnread", { count: unread }) : t("tray.menu.messages");
  const answers = view?.support.unreadAnswers.length ?? 0;
  const ask = answers > 0 ? t("tray.menu.askNew", { count: answers }) : t("tray.menu.ask");
  return [
    { kind: "text", label: menuLabel(view?.hostname ?? t("tray.product")) },
    { kind: "text", label: menuLabel(statusLine(state, translations, nowMs)) },
    ...rebootItem(state, translations, nowMs),
    { kind: "separator" },
    opens("status", t("tray.menu.open")),
    opens("messages", messages),
    opens("ask", ask),
    opens("record", t("tray.menu.record")),
    opens("log", t("tray.menu.log")),
    { kind: "separator" },
    ...pauseItems(state, translations),
    command(t("tray.menu.checkNow"), { kind: "check-now" }, isReporting),
    { kind: "separator" },
    opens("setup", t("tray.menu.setup")),
    command(t(role === "embedded-engine" ? "tray.menu.quit" : "tray.menu.quitTray"), { kind: "quit" }),
  ];
}

function command(label: string, does: TrayCommand, isEnabled = true): TrayMenuItem {
  return { kind: "command", label: menuLabel(label), command: does, isEnabled };
}

function opens(window: WindowName, label: string): TrayMenuItem {
  return command(label, { kind: "open", window });
}

function rebootItem({ view }: WindowState, { t, formats }: TrayTranslations, nowMs: number): TrayMenuItem[] {
  if (!view?.reboot) return [];
  return [opens("reboot", t("tray.menu.reboot", { when: formatWhen(view.reboot.dueAtMs, nowMs, formats) }))];
}

function pauseItems({ view, role }: WindowState, { t, formats }: TrayTranslations): TrayMenuItem[] {
  if (view === null || role === "service-unreachable") return [];
  const choices = pauseChoices(view);
  switch (choices.kind) {
    case "resume":
      return [command(t("tray.menu.resume"), { kind: "resume" })];
    case "offered": {
      const items = choices.choicesMs.map((forMs) => {
        const label =
          forMs === null
            ? t("tray.menu.pauseUntilResumed")
            : t("tray.menu.pauseFor", { duration: formats.exactDuration(forMs) });
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
