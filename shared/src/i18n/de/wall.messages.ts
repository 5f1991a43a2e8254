import type { wallEn } from "../en/wall.messages.ts";
import type { Translation } from "../translation.ts";

export const wallDe: Translation<typeof wallEn> = {
  title: "Wandanzeige",
  revoked: "Dieser Link funktioniert nicht mehr",
  revokedHint:
    "Sein Schlüssel wurde widerrufen oder ist abgelaufen. Öffnen Sie einen neuen Link oder melden Sie sich an.",
  criticalAlarms: "Kritische Alarme",
  warningAlarms: "Warnungen",
  attention: "Brauchen Aufmerksamkeit",
  well: "In Ordnung",
  absent: "Ohne Berichte",
  asleep: "Im Ruhezustand",
  maintenance: "Wartung",
  stale: "Keine Antwort seit {{time}}",
  fullScreen: "Vollbild",
  alarms: "Offene Alarme",
  calm: "Keine offenen Alarme",
  more_one: "und {{count}} weiterer",
  more_other: "und {{count}} weitere",
  nobody: "Noch niemand",
  link: "Link für einen großen Bildschirm",
  linkHint: "Öffnet die Wandanzeige ohne Anmeldung. Widerrufen Sie den Schlüssel, um sie abzuschalten.",
};
