import type { channelsEn } from "../en/channels.messages.ts";
import type { Translation } from "../translation.ts";

export const channelsDe: Translation<typeof channelsEn> = {
  title: "Kanäle",
  intro:
    "Wohin Meldungen über Alarme gehen. Wer von welchem Alarm erfährt, entscheiden die Benachrichtigungsrichtlinien.",
  add: "Kanal hinzufügen",
  edit: "Bearbeiten",
  editTitle: "{{name}} bearbeiten",
  created: "{{name}} wurde hinzugefügt.",
  empty: "Noch keine Kanäle",
  emptyHint:
    "Fügen Sie einen Chat, einen Webhook oder E-Mail-Adressen hinzu, senden Sie eine Testnachricht und wählen Sie den Kanal dann in einer Benachrichtigungsrichtlinie.",
  type: "Art",
  receiver: "Ziel",
  language: "Sprache der Meldungen",
  isEnabled: "Aktiviert",
  isEnabledHint: "Ausgeschaltet sendet er nichts, und wartende Meldungen werden verworfen.",
  on: "an",
  off: "aus",
  lastSent: "Letzte Zustellung",
  failing: "gestört",
  failingSince: "gestört seit {{time}}",
  accepted: "angenommen",
  unconfirmed_one: "{{count}} Adresse nicht bestätigt",
  unconfirmed_other: "{{count}} Adressen nicht bestätigt",
  unconfirmedHint:
    "Noch nicht bestätigt: {{list}}. Senden Sie eine Testnachricht; sie enthält den Link, mit dem der Inhaber zustimmt.",
  noMail: "Dieser Server kann keine E-Mails senden",
  noMailHint:
    "Mitglieder und E-Mail-Kanäle erhalten keine Meldungen. Setzen Sie {{smtp}} und {{from}} auf dem Server und starten Sie ihn neu.",
  test: "Testen",
  testTitle: "Test von {{name}}",
  testText: "Sendet eine Testnachricht auf demselben Weg wie jede Meldung.",
  testSend: "Testnachricht senden",
  testSent: "Der Empfänger hat die Nachricht nach {{time}} angenommen.",
  testFailed: "Die Nachricht wurde nicht angenommen.",
  status: "Status",
  answer: "Antwort",
  milliseconds: "{{value}} ms",
  kept: "Leer lassen, um den gespeicherten Wert zu behalten.",
  keptPlaceholder: "bleibt",
  secretNote: "Wird einmal eingegeben, verschlüsselt gespeichert und nie wieder angezeigt.",
  hidden: "verborgen",
  secretTitle: "Signaturgeheimnis von {{name}}",
  secretLabel: "Signaturgeheimnis",
  secretText: "Damit prüft der Empfänger die Signatur jeder Nachricht.",
  rotate: "Geheimnis ersetzen",
  rotateTitle: "Signaturgeheimnis von {{name}} ersetzen?",
  rotateText:
    "24 Stunden lang werden Meldungen mit beiden Geheimnissen signiert, damit beim Umstellen des Empfängers keine verloren geht.",
  previousUntil: "Das bisherige Geheimnis gilt bis {{time}}.",
  remove: "Löschen",
  removeTitle: "{{name}} löschen?",
  removeText: "Keine Richtlinie verwendet diesen Kanal. Wartende Meldungen werden verworfen.",
  used: "Diese Richtlinien senden darüber: {{list}}. Wählen Sie dort andere Empfänger, bevor Sie den Kanal löschen.",
  toPolicies: "Benachrichtigungen öffnen",
  toDeliveries: "Zustellungen",
  types: {
    email: {
      label: "E-Mail",
      description: "Sendet an jede Adresse eine E-Mail über den Mailserver dieses Muster.",
      fields: {
        addresses: {
          label: "Adressen",
          hint: "Der Inhaber einer Adresse, die keinem Mitglied gehört, stimmt zuerst über den Link in einer Testnachricht zu.",
        },
      },
    },
    webhook: {
      label: "Webhook",
      description: "Sendet JSON mit einer Signatur nach der Spezifikation Standard Webhooks.",
      fields: {
        url: {
          label: "Adresse",
        },
      },
    },
    slack: {
      label: "Slack",
      description: "Schreibt an einen eingehenden Webhook von Slack, Mattermost oder Rocket.Chat.",
      fields: {
        url: {
          label: "Adresse",
          hint: "Die Adresse des eingehenden Webhooks.",
        },
      },
    },
    teams: {
      label: "Microsoft Teams",
      description: "Schreibt eine adaptive Karte über einen Workflow von Microsoft Teams.",
      fields: {
        url: {
          label: "Adresse",
          hint: "Die Adresse eines Workflows „In einem Kanal posten, wenn eine Webhook-Anforderung empfangen wird“.",
        },
      },
    },
    discord: {
      label: "Discord",
      description: "Schreibt an einen Webhook eines Discord-Kanals.",
      fields: {
        url: {
          label: "Adresse",
          hint: "Die Adresse unter „Integrationen“, „Webhooks“ des Kanals.",
        },
      },
    },
    telegram: {
      label: "Telegram",
      description: "Sendet Nachrichten eines Telegram-Bots an einen Chat.",
      fields: {
        token: {
          label: "Token des Bots",
        },
        chatId: {
          label: "Chat",
        },
        server: {
          label: "Server der Bot-API",
        },
      },
    },
    ntfy: {
      label: "ntfy",
      description: "Veröffentlicht in einem Thema von ntfy.",
      fields: {
        server: {
          label: "Server",
        },
        topic: {
          label: "Thema",
          hint: "Wer das Thema kennt, kann es lesen.",
        },
        token: {
          label: "Zugriffstoken",
        },
      },
    },
    pagerduty: {
      label: "PagerDuty",
      description: "Löst Vorfälle über die Events API v2 aus, bestätigt und schließt sie.",
      fields: {
        routingKey: {
          label: "Integrationsschlüssel",
        },
        server: {
          label: "Server",
          hint: "https://events.eu.pagerduty.com in der europäischen Region.",
        },
      },
    },
    zammad: {
      label: "Zammad",
      description: "Öffnet für jeden Alarm ein Ticket in Zammad und ergänzt, was mit ihm geschieht.",
      fields: {
        server: { label: "Adresse von Zammad" },
        token: {
          label: "Zugriffstoken",
          hint: "Eines Agenten mit der Berechtigung ticket.agent, der Tickets der Gruppe anlegen und ändern darf.",
        },
        group: { label: "Gruppe" },
        customer: { label: "Kunde der Tickets", hint: "E-Mail-Adresse eines Kunden, den Zammad kennt." },
        whenOver: {
          label: "Wenn der Alarm endet",
          choices: { close: "Notiz hinzufügen und Ticket schließen", note: "Nur eine Notiz hinzufügen" },
        },
      },
    },
    jira: {
      label: "Jira",
      description:
        "Öffnet für jeden Alarm einen Vorgang in Jira und ergänzt als Kommentare, was mit ihm geschieht.",
      fields: {
        server: { label: "Adresse von Jira", hint: "Zum Beispiel https://example.atlassian.net." },
        edition: { label: "Edition", choices: { cloud: "Cloud", "data-center": "Data Center" } },
        user: { label: "E-Mail-Adresse des Kontos", hint: "Nur für Jira Cloud." },
        token: {
          label: "Token",
          hint: "Jira Cloud: ein API-Token des Kontos. Data Center: ein persönliches Zugriffstoken.",
        },
        project: { label: "Schlüssel des Projekts" },
        issueType: { label: "Typ der Vorgänge" },
        whenOver: {
          label: "Wenn der Alarm endet",
          choices: { close: "Notiz hinzufügen und Ticket schließen", note: "Nur eine Notiz hinzufügen" },
        },
      },
    },
    glpi: {
      label: "GLPI",
      description:
        "Öffnet für jeden Alarm ein Ticket in GLPI und ergänzt als Nachverfolgungen, was mit ihm geschieht.",
      fields: {
        server: { label: "Adresse von GLPI", hint: "Ohne /apirest.php." },
        appToken: {
          label: "Anwendungstoken",
          hint: "Eines API-Clients, unter „Einrichtung“, „Allgemein“, „API“.",
        },
        userToken: {
          label: "API-Token des Benutzers",
          hint: "Eines Benutzers, der Tickets anlegen und lösen darf, unter „Fernzugriffsschlüssel“.",
        },
        whenOver: {
          label: "Wenn der Alarm endet",
          choices: { close: "Notiz hinzufügen und Ticket schließen", note: "Nur eine Notiz hinzufügen" },
        },
      },
    },
    "ticket-mail": {
      label: "Tickets per E-Mail",
      description:
        "Sendet zu jedem Ereignis eines Alarms eine E-Mail in Ihrer eigenen Form an einen Helpdesk.",
      fields: {
        address: {
          label: "Adresse des Helpdesks",
          hint: "Gehört sie keinem Mitglied, stimmt ihr Inhaber vorher zu, mit dem Link in einer Testnachricht.",
        },
        subject: {
          label: "Betreff",
          hint: "Mit {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} und {{reference}}. Die Referenz ist in allen E-Mails zu einem Alarm dieselbe.",
        },
        text: {
          label: "Text",
          hint: "Mit {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} und {{reference}}.",
        },
      },
    },
  },
};
