import type { downloadsEn } from "../en/downloads.messages.ts";
import type { Translation } from "../translation.ts";

export const downloadsFr: Translation<typeof downloadsEn, "many"> = {
  title: "Téléchargements",
  intro:
    "Les agents des nouveaux appareils et les paquets de l’application de la zone de notification. Comparez le SHA-256 d’un fichier téléchargé avec celui affiché ici.",
  agents: "Agents",
  tray: "Paquets de l’application de la zone de notification",
  noTray: "Ce serveur n’a aucun paquet de l’application de la zone de notification.",
  system: "Système",
  version: "Version",
  size: "Taille",
  origin: "Origine",
  created: "Ajouté",
  file: "Fichier",
  systems: {
    "linux-x64": "Linux (x64)",
    "linux-arm64": "Linux (arm64)",
    "windows-x64": "Windows (x64)",
    "macos-arm64": "macOS (Apple silicon)",
    "macos-x64": "macOS (Intel)",
  },
  origins: {
    "signed-release": "Version signée",
    "placed-by-operator": "Ajouté manuellement",
    "built-by-server": "Construit par ce serveur",
  },
  state: {
    ready: "prêt",
    building: "en construction",
    failed: "échec",
    missing: "absent",
  },
  download: "Télécharger",
  downloadFor: "Télécharger l’agent pour {{name}}",
  build: "Construire",
  rebuild: "Reconstruire",
  buildFor: "Construire l’agent pour {{name}}",
  copyHash: "Copier le SHA-256",
  lastFailed: "La dernière construction a échoué.",
  details: "Détails",
  rejected: {
    title: "Fichiers non proposés",
    why: "Raison",
    name: "Le fichier doit être nommé comme muster-agent-1.2.0-linux-x64.",
    content: "Le fichier n’est pas un agent pour le système indiqué dans son nom.",
  },
  hint: {
    build: "Utilisez le bouton pour le construire sur ce serveur.",
    ask: "Un administrateur du serveur peut le construire, ici ou sur le serveur :",
    add: "Ce serveur ne peut pas le construire. Ajoutez son fichier sur le serveur :",
  },
  problem: {
    "not-built": "L’agent n’a pas encore été construit.",
    "not-possible-here": "Ce serveur ne peut pas construire l’agent.",
    "no-memory": "Le serveur n’a pas assez de mémoire libre pour une construction.",
    "no-space": "Le dossier de données n’a pas assez d’espace libre.",
    registry: "Node.js n’a pas pu être récupéré depuis le registre npm.",
    busy: "Une autre construction est en cours. Réessayez plus tard.",
    failed: "La construction s’est terminée par une erreur.",
  },
};
