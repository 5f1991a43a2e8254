import type { wallEn } from "../en/wall.messages.ts";
import type { Translation } from "../translation.ts";

export const wallFr: Translation<typeof wallEn, "many"> = {
  title: "Écran mural",
  revoked: "Ce lien ne fonctionne plus",
  revokedHint: "Sa clé a été révoquée ou a expiré. Ouvrez un nouveau lien ou connectez-vous.",
  criticalAlarms: "Alarmes critiques",
  warningAlarms: "Avertissements",
  attention: "À surveiller",
  well: "En bon état",
  absent: "Sans rapports",
  asleep: "En veille",
  maintenance: "Maintenance",
  stale: "Aucune réponse depuis {{time}}",
  fullScreen: "Plein écran",
  alarms: "Alarmes ouvertes",
  calm: "Aucune alarme ouverte",
  more_one: "et {{count}} autre",
  more_other: "et {{count}} autres",
  nobody: "Personne pour l’instant",
  link: "Lien pour un grand écran",
  linkHint: "Ouvre l’écran mural sans connexion. Révoquez la clé pour le désactiver.",
  more_many: "et {{count}} d’autres",
};
