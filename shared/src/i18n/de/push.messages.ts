import type { pushEn } from "../en/push.messages.ts";
import type { Translation } from "../translation.ts";

export const pushDe: Translation<typeof pushEn> = {
  title: "Push-Benachrichtigungen",
  label: "Push-Benachrichtigungen in diesem Browser",
  hint: "Auch wenn Muster in keinem Tab offen ist. Wer sich hier abmeldet, beendet sie.",
  insecure: "Browser nehmen Push-Benachrichtigungen nur von Seiten mit HTTPS oder auf diesem Computer an.",
  denied:
    "Dieser Browser blockiert Benachrichtigungen dieser Seite. Erlauben Sie sie in seinen Einstellungen.",
  missing:
    "Dieser Browser unterstützt keine Push-Benachrichtigungen. Auf einem iPhone oder iPad fügen Sie Muster zum Home-Bildschirm hinzu und öffnen es von dort.",
  policies:
    "Von welchen Alarmen Sie erfahren, bestimmen die Benachrichtigungsrichtlinien; auch was Sie beobachten, wird hier gemeldet.",
  toPolicies: "Zu den Richtlinien",
  failed: "Dieser Browser konnte nicht registriert werden.",
  ended:
    "Die Push-Benachrichtigungen in diesem Browser sind beendet. Im Menü Ihres Namens schalten Sie sie wieder ein.",
  browsers: "Ihre Browser",
  thisBrowser: "dieser Browser",
  since: "Seit",
  lastSent: "Letzte Benachrichtigung",
  test: "Testen",
  remove: "Entfernen",
  sent: "Der Push-Dienst hat die Benachrichtigung nach {{time}} angenommen.",
  notSent: "Der Push-Dienst hat die Benachrichtigung nicht angenommen.",
};
