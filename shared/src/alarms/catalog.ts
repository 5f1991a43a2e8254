import { z } from "zod";
import { keysOf } from "../keys-of.ts";
import { actionFailed } from "./action-failed.ts";
import { agentOutdated } from "./agent-outdated.ts";
import { attention } from "./attention.ts";
import { cloneSuspected } from "./clone-suspected.ts";
import { deviceLeft } from "./device-left.ts";
import { diskFull } from "./disk-full.ts";
import { expired } from "./expired.ts";
import { health } from "./health.ts";
import { metric } from "./metric.ts";
import { noData } from "./no-data.ts";
import { offline } from "./offline.ts";
import { paused } from "./paused.ts";
import { rebootRequired } from "./reboot-required.ts";
import { unusual } from "./unusual.ts";

/** Every type of alarm rule, in the order in which they are offered. */
export const ALARM_TYPES = {
  metric,
  "disk-full": diskFull,
  unusual,
  health,
  "no-data": noData,
  attention,
  offline,
  expired,
  "reboot-required": rebootRequired,
  paused,
  "action-failed": actionFailed,
  "agent-outdated": agentOutdated,
  "clone-suspected": cloneSuspected,
  "device-left": deviceLeft,
} as const;

export type AlarmType = keyof typeof ALARM_TYPES;

/** The names of all types of alarm rules. */
export const AlarmType = z.enum(keysOf(ALARM_TYPES));
