import type { channelsEn } from "../en/channels.messages.ts";
import type { Translation } from "../translation.ts";

export const channelsFr: Translation<typeof channelsEn, "many"> = {
  title: "Canaux",
  intro:
    "Les destinations des messages d’alarme. Les règles de notification décident qui est averti de quelle alarme.",
  add: "Ajouter un canal",
  edit: "Modifier",
  editTitle: "Modifier {{name}}",
  created: "{{name}} a été ajouté.",
  empty: "Aucun canal pour l’instant",
  emptyHint:
    "Ajoutez une messagerie, un webhook ou des adresses e-mail, envoyez un message de test, puis choisissez le canal dans une règle de notification.",
  type: "Type",
  receiver: "Destination",
  language: "Langue des messages",
  isEnabled: "Activé",
  isEnabledHint: "Désactivé, il n’envoie rien, et les messages en attente sont abandonnés.",
  on: "activé",
  off: "désactivé",
  lastSent: "Dernier envoi",
  failing: "en échec",
  failingSince: "en échec depuis {{time}}",
  accepted: "accepté",
  unconfirmed_one: "{{count}} adresse non confirmée",
  unconfirmed_many: "{{count}} adresses non confirmées",
  unconfirmed_other: "{{count}} adresses non confirmées",
  unconfirmedHint:
    "Pas encore confirmé : {{list}}. Envoyez un message de test ; il contient le lien par lequel le titulaire accepte.",
  noMail: "Ce serveur ne peut pas envoyer d’e-mails",
  noMailHint:
    "Les membres et les canaux e-mail ne reçoivent aucun message. Définissez {{smtp}} et {{from}} sur le serveur, puis redémarrez-le.",
  test: "Tester",
  testTitle: "Test de {{name}}",
  testText: "Envoie un message de test par le même chemin que tout message.",
  testSend: "Envoyer un message de test",
  testSent: "Le destinataire a accepté le message après {{time}}.",
  testFailed: "Le message n’a pas été accepté.",
  status: "Code d’état",
  answer: "Réponse",
  milliseconds: "{{value}} ms",
  kept: "Laissez vide pour conserver la valeur enregistrée.",
  keptPlaceholder: "conservé",
  secretNote: "Saisi une fois, enregistré chiffré, jamais affiché ensuite.",
  hidden: "masqué",
  secretTitle: "Secret de signature de {{name}}",
  secretLabel: "Secret de signature",
  secretText: "Le destinataire vérifie avec lui la signature de chaque message.",
  rotate: "Remplacer le secret",
  rotateTitle: "Remplacer le secret de signature de {{name}} ?",
  rotateText:
    "Pendant 24 heures, les messages sont signés avec les deux secrets : vous pouvez modifier le destinataire sans en perdre.",
  previousUntil: "Le secret précédent est valable jusqu’au {{time}}.",
  remove: "Supprimer",
  removeTitle: "Supprimer {{name}} ?",
  removeText: "Aucune règle n’utilise ce canal. Les messages qui l’attendent sont abandonnés.",
  used: "Ces règles envoient des messages par ce canal : {{list}}. Choisissez-y d’autres destinataires avant de le supprimer.",
  toPolicies: "Ouvrir les notifications",
  toDeliveries: "Envois",
  types: {
    email: {
      label: "E-mail",
      description: "Envoie un e-mail à chaque adresse par le serveur de messagerie de ce Muster.",
      fields: {
        addresses: {
          label: "Adresses",
          hint: "Le titulaire d’une adresse qui n’est celle d’aucun membre accepte d’abord, par le lien d’un message de test.",
        },
      },
    },
    webhook: {
      label: "Webhook",
      description: "Envoie du JSON avec une signature selon la spécification Standard Webhooks.",
      fields: {
        url: {
          label: "Adresse",
        },
      },
    },
    slack: {
      label: "Slack",
      description: "Publie sur un webhook entrant de Slack, Mattermost ou Rocket.Chat.",
      fields: {
        url: {
          label: "Adresse",
          hint: "L’adresse du webhook entrant.",
        },
      },
    },
    teams: {
      label: "Microsoft Teams",
      description: "Publie une carte adaptative dans un workflow de Microsoft Teams.",
      fields: {
        url: {
          label: "Adresse",
          hint: "L’adresse d’un workflow « Publier dans un canal à la réception d’une requête webhook ».",
        },
      },
    },
    discord: {
      label: "Discord",
      description: "Publie sur un webhook d’un salon Discord.",
      fields: {
        url: {
          label: "Adresse",
          hint: "L’adresse sous « Intégrations », « Webhooks » du salon.",
        },
      },
    },
    telegram: {
      label: "Telegram",
      description: "Envoie les messages d’un bot Telegram dans une discussion.",
      fields: {
        token: {
          label: "Jeton du bot",
        },
        chatId: {
          label: "Discussion",
        },
        server: {
          label: "Serveur de l’API Bot",
        },
      },
    },
    ntfy: {
      label: "ntfy",
      description: "Publie sur un sujet de ntfy.",
      fields: {
        server: {
          label: "Serveur",
        },
        topic: {
          label: "Sujet",
          hint: "Quiconque connaît le sujet peut le lire.",
        },
        token: {
          label: "Jeton d’accès",
        },
      },
    },
    pagerduty: {
      label: "PagerDuty",
      description: "Déclenche, acquitte et résout des incidents par l’API Events v2.",
      fields: {
        routingKey: {
          label: "Clé d’intégration",
        },
        server: {
          label: "Serveur",
          hint: "https://events.eu.pagerduty.com dans la région européenne.",
        },
      },
    },
    zammad: {
      label: "Zammad",
      description: "Ouvre un ticket dans Zammad pour chaque alarme et y ajoute ce qui lui arrive.",
      fields: {
        server: { label: "Adresse de Zammad" },
        token: {
          label: "Jeton d’accès",
          hint: "D’un agent ayant la permission ticket.agent, qui peut créer et modifier des tickets du groupe.",
        },
        group: { label: "Groupe" },
        customer: { label: "Client des tickets", hint: "Adresse e-mail d’un client que Zammad connaît." },
        whenOver: {
          label: "Quand l’alarme se termine",
          choices: { close: "Ajouter une note et fermer le ticket", note: "Ajouter seulement une note" },
        },
      },
    },
    jira: {
      label: "Jira",
      description:
        "Ouvre un ticket dans Jira pour chaque alarme et y ajoute ce qui lui arrive en commentaires.",
      fields: {
        server: { label: "Adresse de Jira", hint: "Par exemple https://example.atlassian.net." },
        edition: { label: "Édition", choices: { cloud: "Cloud", "data-center": "Data Center" } },
        user: { label: "Adresse e-mail du compte", hint: "Seulement pour Jira Cloud." },
        token: {
          label: "Jeton",
          hint: "Jira Cloud: un jeton d’API du compte. Data Center: un jeton d’accès personnel.",
        },
        project: { label: "Clé du projet" },
        issueType: { label: "Type des tickets" },
        whenOver: {
          label: "Quand l’alarme se termine",
          choices: { close: "Ajouter une note et fermer le ticket", note: "Ajouter seulement une note" },
        },
      },
    },
    glpi: {
      label: "GLPI",
      description: "Ouvre un ticket dans GLPI pour chaque alarme et y ajoute ce qui lui arrive en suivis.",
      fields: {
        server: { label: "Adresse de GLPI", hint: "Sans /apirest.php." },
        appToken: {
          label: "Jeton d’application",
          hint: "D’un client API, sous « Configuration », « Générale », « API ».",
        },
        userToken: {
          label: "Jeton d’API de l’utilisateur",
          hint: "D’un utilisateur qui peut créer et résoudre des tickets, sous « Clefs d’accès distant ».",
        },
        whenOver: {
          label: "Quand l’alarme se termine",
          choices: { close: "Ajouter une note et fermer le ticket", note: "Ajouter seulement une note" },
        },
      },
    },
    "ticket-mail": {
      label: "Tickets par e-mail",
      description:
        "Envoie à un centre d’assistance un e-mail pour chaque événement d’une alarme, sous une forme que vous choisissez.",
      fields: {
        address: {
          label: "Adresse du centre d’assistance",
          hint: "Si elle n’est celle d’aucun membre, son titulaire donne d’abord son accord, par le lien d’un message de test.",
        },
        subject: {
          label: "Objet",
          hint: "Avec {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} et {{reference}}. La référence est la même dans tous les e-mails d’une alarme.",
        },
        text: {
          label: "Texte",
          hint: "Avec {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} et {{reference}}.",
        },
      },
    },
  },
};
