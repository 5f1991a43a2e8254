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
  },
} as const;
