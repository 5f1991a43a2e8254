import type { AnyRead } from "../platform/read-threads/read.ts";
import { alarmReads } from "./alarms/alarm-reads.ts";

/** The reads of this module that run on read threads. */
export const alertingReads: readonly AnyRead[] = alarmReads;
