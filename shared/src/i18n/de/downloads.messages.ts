import type { downloadsEn } from "../en/downloads.messages.ts";
import type { Translation } from "../translation.ts";

export const downloadsDe: Translation<typeof downloadsEn> = {
  title: "Downloads",
  intro:
    "Agenten für neue Geräte und Pakete der App im Infobereich. Vergleichen Sie den SHA-256 einer heruntergeladenen Datei mit dem hier angezeigten.",
  agents: "Agenten",
  tray: "Pakete der App im Infobereich",
  noTray: "Auf diesem Server sind keine Pakete der App im Infobereich.",
  system: "System",
  version: "Version",
  size: "Größe",
  origin: "Herkunft",
  created: "Hinzugefügt",
  file: "Datei",
  systems: {
    "linux-x64": "Linux (x64)",
    "linux-arm64": "Linux (arm64)",
    "windows-x64": "Windows (x64)",
    "macos-arm64": "macOS (Apple silicon)",
    "macos-x64": "macOS (Intel)",
  },
  origins: {
    "signed-release": "Signierte Version",
    "placed-by-operator": "Manuell hinzugefügt",
    "built-by-server": "Von diesem Server gebaut",
  },
  state: {
    ready: "bereit",
    building: "wird gebaut",
    failed: "fehlgeschlagen",
    missing: "fehlt",
  },
  download: "Herunterladen",
  downloadFor: "Agent für {{name}} herunterladen",
  build: "Bauen",
  rebuild: "Neu bauen",
  buildFor: "Agent für {{name}} bauen",
  copyHash: "SHA-256 kopieren",
  lastFailed: "Der letzte Build ist fehlgeschlagen.",
  details: "Details",
  rejected: {
    title: "Dateien, die nicht angeboten werden",
    why: "Grund",
    name: "Die Datei muss wie muster-agent-1.2.0-linux-x64 heißen.",
    content: "Die Datei ist kein Agent für das System in ihrem Namen.",
  },
  hint: {
    build: "Bauen Sie ihn über die Schaltfläche auf diesem Server.",
    ask: "Ein Serveradministrator kann ihn bauen, hier oder auf dem Server:",
    add: "Dieser Server kann ihn nicht bauen. Fügen Sie seine Datei auf dem Server hinzu:",
  },
  problem: {
    "not-built": "Der Agent wurde noch nicht gebaut.",
    "not-possible-here": "Dieser Server kann den Agenten nicht bauen.",
    "no-memory": "Der Server hat zu wenig freien Arbeitsspeicher für einen Build.",
    "no-space": "Im Datenordner ist zu wenig Platz frei.",
    registry: "Node.js konnte nicht aus der npm-Registry geladen werden.",
    busy: "Ein anderer Build läuft gerade. Versuchen Sie es später erneut.",
    failed: "Der Build endete mit einem Fehler.",
  },
};
