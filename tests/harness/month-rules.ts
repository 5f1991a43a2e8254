/** When a rule may open alarms: days from 1 for Monday, hours of local time in one of two zones. */
export type MonthHours = {
  zone: "Europe/Berlin" | "Australia/Sydney";
  days: readonly number[];
  from: number;
  to: number;
};

export type MonthRule = {
  name: string;
  metric: "cpu" | "memory" | "fileSystem.used" | null;
  /** Null for all devices. */
  tag: string | null;
  warning: number | null;
  critical: number | null;
  clear: number | null;
  forS: number;
  sharePercent: number;
  clearForS: number;
  cooldownS: number;
  hours: MonthHours | null;
};

const PLAIN = {
  tag: null,
  warning: null,
  critical: null,
  clear: null,
  forS: 0,
  sharePercent: 100,
  clearForS: 0,
  cooldownS: 0,
  hours: null,
};

/** The rules of the simulated organization. The one without a metric is about devices that are offline. */
export const MONTH_RULES: readonly MonthRule[] = [
  {
    ...PLAIN,
    name: "CPU busy",
    metric: "cpu",
    warning: 80,
    critical: 92,
    clear: 75,
    forS: 600,
    clearForS: 300,
  },
  {
    ...PLAIN,
    name: "CPU of web servers",
    metric: "cpu",
    tag: "web",
    warning: 72,
    critical: 90,
    cooldownS: 2400,
  },
  {
    ...PLAIN,
    name: "Memory in Berlin",
    metric: "memory",
    warning: 80,
    clear: 78,
    forS: 900,
    sharePercent: 60,
    hours: { zone: "Europe/Berlin", days: [1, 2, 3, 4, 5, 6, 7], from: 7, to: 19 },
  },
  {
    ...PLAIN,
    name: "Memory in Sydney",
    metric: "memory",
    tag: "north",
    warning: 85,
    hours: { zone: "Australia/Sydney", days: [1, 2, 3, 4, 5, 7], from: 1, to: 23 },
  },
  { ...PLAIN, name: "File system full", metric: "fileSystem.used", warning: 90, critical: 97, clear: 87 },
  { ...PLAIN, name: "Offline", metric: null },
];

/** Devices with the tag are in maintenance every Sunday for an hour; on 29 March 2026 the local time at which it starts does not exist. */
export const MONTH_MAINTENANCE = {
  tag: "web",
  zone: "Europe/Berlin",
  day: 7,
  time: "02:30",
  minutes: 60,
} as const;
