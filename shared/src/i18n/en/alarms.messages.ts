/** What alarms say: what is wrong, and why it ended. A sentence with `since` follows where the beginning is known. */
export const alarmsEn = {
  severity: {
    info: "info",
    warning: "warning",
    critical: "critical",
  },
  metric: {
    cpu: "CPU usage",
    memory: "Memory usage",
    swap: "Swap usage",
    disk: "Disk usage",
    diskFree: "Free disk space",
    load: "Load",
    netIn: "Receive rate",
    netOut: "Send rate",
    diskRead: "Disk read rate",
    diskWrite: "Disk write rate",
    temperature: "Temperature",
    battery: "Battery charge",
  },
  series: {
    fileSystem: {
      used: "Usage of {{instance}}",
      free: "Free space on {{instance}}",
    },
    networkInterface: {
      in: "Receive rate of {{instance}}",
      out: "Send rate of {{instance}}",
    },
  },
  score: "Health",
  level: {
    above: "{{what}} above {{threshold}}",
    below: "{{what}} below {{threshold}}",
  },
  sentence: {
    value: "{{device}}: {{what}} {{value}}",
    limit: "{{device}}: {{what}} {{value}}, limit {{threshold}}",
    about: "{{device}}: {{text}}",
    since: "Since {{time}}.",
  },
  forecast: {
    title: "{{instance}} full in about {{days}}",
    sentence:
      "{{device}}: {{instance}} will be full in about {{days}}. {{free}} are free, and {{perDay}} more are used each day, judged by the last {{history}}.",
  },
  unusual: {
    above: "{{what}} unusually high",
    below: "{{what}} unusually low",
    sentence:
      "{{device}}: {{what}} {{value}}. At this time of the week it is usually {{low}} to {{high}}, judged by {{count}} averages of four weeks.",
  },
  type: {
    "no-data": {
      title: "No data",
      sentence: "{{device}} reports no data: {{text}}.",
    },
    attention: {
      title: "Needs attention",
      sentence: "{{device}} needs attention.",
    },
    offline: {
      title: "Offline",
      sentence: "{{device}} does not report.",
    },
    expired: {
      title: "Not seen for a long time",
      sentence: "{{device}} has not reported for a long time.",
    },
    "reboot-required": {
      title: "Reboot required",
      sentence: "{{device}} requires a reboot.",
    },
    paused: {
      title: "Agent paused",
      sentence: "The agent on {{device}} is paused.",
    },
    "action-failed": {
      title: "Action failed",
      sentence: "An action failed on {{device}}.",
    },
    "agent-outdated": {
      title: "Agent outdated",
      sentence: "The agent on {{device}} is outdated: {{text}}.",
    },
    "clone-suspected": {
      title: "Clone suspected",
      sentence: "Two machines appear to use the credential of {{device}}.",
    },
    "device-left": {
      title: "Agent removed",
      sentence: "The agent of {{device}} has left the organization.",
    },
    "help-request": {
      title: "Help request: {{text}}",
      sentence: "Help requested on {{device}}: {{text}}",
    },
    "channel-failing": {
      title: "Channel fails: {{text}}",
      sentence: "Nothing was accepted over “{{text}}” for an hour.",
    },
    outage: {
      title: "Outage suspected",
      sentence: "Many devices stopped reporting at the same time.",
    },
  },
  siteOutage: {
    title: "Outage suspected: {{site}}",
    sentence: "{{count}} devices of one site stopped reporting at the same time: {{site}}.",
  },
  unnamed: {
    device: "unknown device",
    alarm: "Alarm",
    version: "unknown version",
  },
  endReason: {
    cleared: "Back to normal",
    resolved: "Closed by {{name}}",
    withdrawn: "Closed by the person who asked",
    "channel-off": "Channel switched off or deleted",
    "device-archived": "Device archived",
    "device-removed": "Device deleted",
    "rule-changed": "Rule changed",
    "rule-off": "Rule switched off",
    "rule-removed": "Rule deleted",
    replaced: "Replaced by another alarm",
  },
} as const;
