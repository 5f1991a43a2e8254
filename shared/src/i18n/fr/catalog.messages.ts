import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogFr: CatalogTexts = {
  message: {
    label: "Message",
    description: "Affiche un texte à tous les utilisateurs connectés.",
    payload: {
      title: { label: "Titre" },
      text: { label: "Texte" },
      urgency: { label: "Urgence", choices: { low: "Faible", normal: "Normale", urgent: "Urgente" } },
      buttons: {
        label: "Boutons",
        hint: "Réponses proposées. Appuyez sur Entrée après chacune. La réponse choisie figure dans le résultat.",
      },
    },
    result: { shown: "Affiché à", notShown: "Pas affiché à", pressed: "Réponse" },
  },
  restart: {
    label: "Redémarrer l’agent",
    description: "Redémarre l’agent Muster. La machine elle-même n’est pas redémarrée.",
    payload: {},
    result: { agentVersion: "Version de l’agent" },
  },
  reboot: {
    label: "Redémarrer la machine",
    description:
      "Redémarre le système d’exploitation. Terminée lorsque la machine envoie de nouveau des rapports.",
    payload: {
      delayMinutes: { label: "Délai (minutes)" },
      message: { label: "Message à l’utilisateur" },
      postponements: {
        label: "Reports autorisés",
        hint: "0 : l’utilisateur ne peut pas reporter le redémarrage.",
      },
      postponableHours: { label: "Report possible pendant (heures)" },
    },
    result: { bootIdBefore: "Identifiant de démarrage avant", bootIdAfter: "Identifiant de démarrage après" },
  },
  "cancel-reboot": {
    label: "Annuler le redémarrage",
    description: "Annule tout arrêt ou redémarrage planifié sur la machine, quel qu’en soit l’auteur.",
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
    description: "Récupère les dernières lignes du journal de l’agent. Aucun autre fichier n’est accessible.",
    payload: { lines: { label: "Lignes" } },
    result: { lines: "Journal" },
  },
};
