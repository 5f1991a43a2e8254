import type { pushEn } from "../en/push.messages.ts";
import type { Translation } from "../translation.ts";

export const pushDe: Translation<typeof pushEn> = {
  menu: "Push-Mitteilungen",
  title: "Push-Mitteilungen",
  label: "Push-Mitteilungen in diesem Browser",
  hint: "Auch wenn Muster in keinem Tab offen ist. Wer sich hier abmeldet, beendet sie.",
  insecure: "Browser nehmen Push-Mitteilungen nur von Seiten mit HTTPS oder auf diesem Computer an.",
  denied: "Dieser Browser blockiert Mitteilungen dieser Seite. Erlauben Sie sie in seinen Einstellungen.",
  missing:
    "Dieser Browser kennt keine Push-Mitteilungen. Auf einem iPhone oder iPad fügen Sie Muster zum Home-Bildschirm hinzu und öffnen es von dort.",
  policies:
    "Von welchen Alarmen Sie erfahren, bestimmen die Benachrichtigungsrichtlinien; auch was Sie beobachten, wird hier gemeldet.",
  toPolicies: "Zu den Richtlinien",
  failed: "Dieser Browser konnte nicht angemeldet werden.",
  browsers: "Ihre Browser",
  thisBrowser: "dieser Browser",
  since: "Seit",
  lastSent: "Letzte Mitteilung",
  test: "Testen",
  remove: "Entfernen",
  sent: "Der Push-Dienst hat die Mitteilung nach {{time}} angenommen.",
  notSent: "Der Push-Dienst hat die Mitteilung nicht angenommen.",
};
