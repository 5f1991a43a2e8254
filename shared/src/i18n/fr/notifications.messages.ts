import type { Translation } from "../translation.ts";
import type { notificationsEn } from "../en/notifications.messages.ts";

export const notificationsFr: Translation<typeof notificationsEn> = {
  severity: {
    info: "Information",
    warning: "Avertissement",
    critical: "Critique",
  },
  kind: {
    opened: "Nouvelle alarme",
    reopened: "L’alarme est revenue",
    escalated: "L’alarme s’est aggravée",
    unstable: "L’alarme change souvent",
    acknowledged: "Prise en charge",
    ended: "L’alarme est terminée",
    reminder: "Toujours ouverte et non prise en charge",
    commented: "Nouveau commentaire",
    assigned: "Attribuée",
  },
  acknowledgedBy: "Prise en charge par {{name}}",
  many: "{{count}} messages d’alarme",
  more: "et {{count}} de plus",
  wasShort: "Elle a commencé à {{from}} et s’est terminée à {{to}}.",
  device: "Appareil",
  rule: "Règle",
  since: "Depuis",
  ended: "Terminée",
  openDevice: "Ouvrir l’appareil",
  acknowledge: "Prendre en charge cette alarme",
  acknowledgeHint: "Ce lien est personnel et valable sept jours.",
  reason: "Vous recevez ce message en raison des règles de notification de votre organisation.",
  note: {
    watch: {
      outcome: { done: "faite", error: "en échec", expired: "expirée", cancelled: "annulée" },
      online: "{{name}} est de retour",
      offline: "{{name}} est hors ligne",
      ended: "Terminé : {{name}}",
      link: "Ouvrir",
      reason: "Vous vouliez en être averti une fois. Vous ne recevrez pas d’autre message à ce sujet.",
    },
    silence: {
      title: "{{author}} a mis des alarmes en silence jusqu’au {{time}}",
      devices: "Appareils concernés",
      link: "Ouvrir les silences",
      reason: "Vous recevez ceci parce que vous êtes propriétaire de l’organisation.",
    },
  },
  test: {
    title: "Message de test",
    text: "Ceci est un test du canal « {{name}} ». Il n’y a aucune alarme.",
  },
  confirm: {
    title: "Confirmer une adresse",
    ask: "Voulez-vous recevoir des messages d’alarme à cette adresse ?",
    button: "Oui, je veux les recevoir",
    done: "Les messages d’alarme sont envoyés à cette adresse.",
    invalid: "Ce lien n’est pas valable. Demandez un autre message de test.",
    link: "Confirmer que vous voulez des messages d’alarme à cette adresse",
  },
  page: {
    title: "Prendre en charge une alarme",
    ask: "Tout le monde saura ainsi que vous vous en occupez.",
    button: "Prendre en charge",
    done: "Vous avez pris en charge cette alarme.",
    already: "{{name}} a déjà pris en charge cette alarme.",
    over: "Cette alarme est terminée. Il n’y a rien à prendre en charge.",
    invalid:
      "Ce lien n’est pas valable. Il a peut-être plus de sept jours. Ouvrez plutôt l’alarme dans Muster.",
  },
};
