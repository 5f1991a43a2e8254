import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogFr: CatalogTexts = {
  message: {
    label: "Message",
    description: "Affiche un texte à toutes les personnes connectées.",
    payload: {
      title: { label: "Titre" },
      text: { label: "Texte" },
      urgency: { label: "Urgence", choices: { low: "Faible", normal: "Normale", urgent: "Urgente" } },
      buttons: {
        label: "Boutons",
        hint: "Réponses au choix, Entrée en ajoute une. Celle qui est choisie vous revient.",
      },
    },
    result: { shown: "Affiché à", notShown: "Pas affiché à", pressed: "Réponse" },
  },
  restart: {
    label: "Redémarrer l’agent",
    description: "Redémarre l’agent de Muster. Rien d’autre n’est touché sur la machine.",
    payload: {},
    result: { agentVersion: "Version de l’agent" },
  },
  reboot: {
    label: "Redémarrer la machine",
    description:
      "Redémarre le système. Terminé seulement quand la machine est revenue avec un autre identifiant de démarrage.",
    payload: {
      delayMinutes: { label: "Délai (minutes)" },
      message: { label: "Raison, montrée à l’utilisateur" },
      postponements: {
        label: "Peut être reporté (fois)",
        hint: "0 : la personne devant la machine ne peut pas le reporter.",
      },
      postponableHours: { label: "Reportable pendant (heures)" },
    },
    result: { bootIdBefore: "Identifiant de démarrage avant", bootIdAfter: "Identifiant de démarrage après" },
  },
  "cancel-reboot": {
    label: "Annuler le redémarrage",
    description: "Annule un arrêt ou un redémarrage programmé sur la machine, quel qu’en soit l’auteur.",
    payload: {},
    result: { wasScheduled: "Un redémarrage était prévu" },
  },
  "refresh-inventory": {
    label: "Actualiser l’inventaire",
    description: "Relit le matériel, les disques et le réseau, et les envoie.",
    payload: {},
    result: { inventoryHash: "Empreinte de l’inventaire" },
  },
  "collect-agent-log": {
    label: "Récupérer le journal de l’agent",
    description:
      "Récupère les dernières lignes du journal de l’agent. Aucun autre fichier ne peut être demandé.",
    payload: { lines: { label: "Lignes" } },
    result: { lines: "Journal" },
  },
};
