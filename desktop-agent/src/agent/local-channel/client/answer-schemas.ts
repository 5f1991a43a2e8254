import {
  HourPoint,
  InboxMessage,
  ActivityRecord,
  LocalView,
  LogChunk,
  DisclosedData,
  RequestOutcome,
} from "@muster/shared/contracts/local-agent.ts";
import { z } from "zod";

/** What each answer has to be. The service is trusted with the machine and not with the shape of what it says. */
export const ANSWERS = {
  view: LocalView,
  hour: z.array(HourPoint).max(240),
  messages: z.array(InboxMessage).max(200),
  seen: DisclosedData,
  record: ActivityRecord,
  log: LogChunk,
  wish: RequestOutcome,
};
