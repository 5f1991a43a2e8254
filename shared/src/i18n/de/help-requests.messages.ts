import type { helpRequestsEn } from "../en/help-requests.messages.ts";
import type { Translation } from "../translation.ts";

export const helpRequestsDe: Translation<typeof helpRequestsEn> = {
  title: "Hilfeanfrage",
  thread: "Nachrichten",
  answer: "Antwort",
  answerHint: "{{name}} liest sie im Infobereich des Geräts.",
  send: "Antwort senden",
  closed: "Die Anfrage ist geschlossen.",
  taken: {
    nobody: "Noch kümmert sich niemand darum. Eine Antwort bestätigt den Alarm.",
    by: "{{name}} kümmert sich darum.",
  },
  receipt: {
    sent: "Gesendet",
    delivered: "Zugestellt",
    read: "Gelesen",
  },
  diagnostics: {
    title: "Zusammenfassung des Rechners",
    at: "Zeitpunkt",
    agent: "Version des Agenten",
    state: "Status des Agenten",
    health: "Zustand",
    problem: "Problem",
    disk: "Datenträger",
    uptime: "Läuft seit",
  },
};
