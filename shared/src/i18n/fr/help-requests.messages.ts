import type { helpRequestsEn } from "../en/help-requests.messages.ts";
import type { Translation } from "../translation.ts";

export const helpRequestsFr: Translation<typeof helpRequestsEn, "many"> = {
  title: "Demande d’aide",
  thread: "Messages",
  answer: "Réponse",
  answerHint: "{{name}} la lit dans la zone de notification de l’appareil.",
  send: "Envoyer la réponse",
  closed: "La demande est fermée.",
  taken: {
    nobody: "Personne ne s’en occupe encore. Une réponse acquitte l’alarme.",
    by: "{{name}} s’en occupe.",
  },
  receipt: {
    sent: "Envoyée",
    delivered: "Reçue",
    read: "Lue",
  },
  diagnostics: {
    title: "Résumé de l’ordinateur",
    at: "Date",
    agent: "Version de l’agent",
    state: "État de l’agent",
    health: "Santé",
    problem: "Problème",
    disk: "Disque",
    uptime: "Actif depuis",
  },
};
