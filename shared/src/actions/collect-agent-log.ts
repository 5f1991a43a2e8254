import { z } from "zod";
import { defineAction } from "./define-action.ts";

export const collectAgentLog = defineAction({
  type: "collect-agent-log",
  label: "Collect agent log",
  description: "Fetches the latest lines of the agent log. It cannot read any other file.",
  impact: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({
    lines: z.number().int().min(1).max(2000).default(200).meta({ label: "Lines" }),
  }),
  result: z.strictObject({
    lines: z.array(z.string().max(2000)).max(2000).meta({ label: "Log" }),
  }),
  validForS: 86_400,
  timeoutS: 300,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
