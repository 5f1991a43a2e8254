/** Channels: where messages about alarms go. The texts of the types are those of the catalog. */
export const channelsEn = {
  title: "Channels",
  intro: "Where messages about alarms go. Notification policies decide who is told of which alarm.",
  add: "Add channel",
  edit: "Edit",
  editTitle: "Edit {{name}}",
  created: "{{name}} was added.",
  empty: "No channels yet",
  emptyHint:
    "Add a chat, a webhook or mail addresses, send a test message, then choose the channel in a notification policy.",
  type: "Type",
  receiver: "Sends to",
  language: "Language of the messages",
  isEnabled: "Enabled",
  isEnabledHint: "Switched off, it sends nothing, and messages that wait are dropped.",
  on: "on",
  off: "off",
  lastSent: "Last delivery",
  failing: "failing",
  failingSince: "failing for {{time}}",
  accepted: "accepted",
  unconfirmed_one: "{{count}} address not confirmed",
  unconfirmed_other: "{{count}} addresses not confirmed",
  unconfirmedHint:
    "Not confirmed yet: {{list}}. Send a test message; it has the link by which the owner agrees.",
  noMail: "This server cannot send e-mail",
  noMailHint:
    "Members and e-mail channels get no messages. Set {{smtp}} and {{from}} on the server and restart it.",
  test: "Test",
  testTitle: "Test of {{name}}",
  testText: "Sends a test message the same way as every message.",
  testSend: "Send test message",
  testSent: "The receiver accepted the message after {{time}}.",
  testFailed: "The message was not accepted.",
  status: "Status",
  answer: "Answer",
  milliseconds: "{{value}} ms",
  kept: "Leave empty to keep the stored value.",
  keptPlaceholder: "kept",
  secretNote: "Entered once, stored encrypted, and never shown again.",
  hidden: "hidden",
  secretTitle: "Signing secret of {{name}}",
  secretLabel: "Signing secret",
  secretText: "The receiver verifies the signature of each message with it.",
  rotate: "Replace secret",
  rotateTitle: "Replace the signing secret of {{name}}?",
  rotateText:
    "For 24 hours, messages are signed with both secrets, so that you can change the receiver without losing one.",
  previousUntil: "The previous secret is valid until {{time}}.",
  remove: "Delete",
  removeTitle: "Delete {{name}}?",
  removeText: "No policy uses this channel. Messages that wait for it are dropped.",
  used: "These policies send messages over it: {{list}}. Choose other recipients there before you delete the channel.",
  toPolicies: "Open notifications",
  toDeliveries: "Deliveries",
  types: {
    email: {
      label: "E-mail",
      description: "Sends a mail to each address through the mail server of this Muster.",
      fields: {
        addresses: {
          label: "Addresses",
          hint: "The owner of an address that belongs to no member agrees first, by the link in a test message.",
        },
      },
    },
    webhook: {
      label: "Webhook",
      description: "Posts JSON with a signature of the Standard Webhooks specification.",
      fields: {
        url: {
          label: "Address",
        },
      },
    },
    slack: {
      label: "Slack",
      description: "Posts to an incoming webhook of Slack, Mattermost or Rocket.Chat.",
      fields: {
        url: {
          label: "Address",
          hint: "The address of the incoming webhook.",
        },
      },
    },
    teams: {
      label: "Microsoft Teams",
      description: "Posts an adaptive card to a workflow of Microsoft Teams.",
      fields: {
        url: {
          label: "Address",
          hint: "The address of a workflow “Post to a channel when a webhook request is received”.",
        },
      },
    },
    discord: {
      label: "Discord",
      description: "Posts to a webhook of a Discord channel.",
      fields: {
        url: {
          label: "Address",
          hint: "The address under “Integrations”, “Webhooks” of the channel.",
        },
      },
    },
    telegram: {
      label: "Telegram",
      description: "Sends messages of a Telegram bot to a chat.",
      fields: {
        token: {
          label: "Token of the bot",
        },
        chatId: {
          label: "Chat",
        },
        server: {
          label: "Server of the Bot API",
        },
      },
    },
    ntfy: {
      label: "ntfy",
      description: "Publishes to a topic of ntfy.",
      fields: {
        server: {
          label: "Server",
        },
        topic: {
          label: "Topic",
          hint: "Whoever knows the topic can read it.",
        },
        token: {
          label: "Access token",
        },
      },
    },
    pagerduty: {
      label: "PagerDuty",
      description: "Triggers, acknowledges and resolves incidents through the Events API v2.",
      fields: {
        routingKey: {
          label: "Integration key",
        },
        server: {
          label: "Server",
          hint: "https://events.eu.pagerduty.com in the European region.",
        },
      },
    },
    zammad: {
      label: "Zammad",
      description: "Opens a ticket in Zammad for each alarm, and adds what happens to it.",
      fields: {
        server: { label: "Address of Zammad" },
        token: {
          label: "Access token",
          hint: "Of an agent with the permission ticket.agent, who may create and change tickets of the group.",
        },
        group: { label: "Group" },
        customer: { label: "Customer of the tickets", hint: "Mail address of a customer that Zammad knows." },
        whenOver: {
          label: "When the alarm ends",
          choices: { close: "Add a note and close the ticket", note: "Only add a note" },
        },
      },
    },
    jira: {
      label: "Jira",
      description: "Opens an issue in Jira for each alarm, and adds what happens to it as comments.",
      fields: {
        server: { label: "Address of Jira", hint: "For example https://example.atlassian.net." },
        edition: { label: "Edition", choices: { cloud: "Cloud", "data-center": "Data Center" } },
        user: { label: "Mail address of the account", hint: "Only for Jira Cloud." },
        token: {
          label: "Token",
          hint: "Jira Cloud: an API token of the account. Data Center: a personal access token.",
        },
        project: { label: "Key of the project" },
        issueType: { label: "Type of the issues" },
        whenOver: {
          label: "When the alarm ends",
          choices: { close: "Add a note and close the ticket", note: "Only add a note" },
        },
      },
    },
    glpi: {
      label: "GLPI",
      description: "Opens a ticket in GLPI for each alarm, and adds what happens to it as follow-ups.",
      fields: {
        server: { label: "Address of GLPI", hint: "Without /apirest.php." },
        appToken: { label: "Application token", hint: "Of an API client, under “Setup”, “General”, “API”." },
        userToken: {
          label: "API token of the user",
          hint: "Of a user who may create and solve tickets, under “Remote access keys”.",
        },
        whenOver: {
          label: "When the alarm ends",
          choices: { close: "Add a note and close the ticket", note: "Only add a note" },
        },
      },
    },
    "ticket-mail": {
      label: "Tickets by mail",
      description: "Sends one mail for each event of an alarm to a helpdesk, in a form of your own.",
      fields: {
        address: {
          label: "Address of the helpdesk",
          hint: "Unless it belongs to a member, its owner agrees first, by the link in a test message.",
        },
        subject: {
          label: "Subject",
          hint: "With {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} and {{reference}}. The reference is the same for all mails about an alarm.",
        },
        text: {
          label: "Text",
          hint: "With {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} and {{reference}}.",
        },
      },
    },
  },
} as const;
