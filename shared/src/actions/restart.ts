import { z } from "zod";
import { line } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const restart = defineAction({
  type: "restart",
  label: "Restart agent",
  description: "Restarts the Muster agent. The machine itself is not rebooted.",
  impact: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    agentVersion: line(40).meta({ label: "Agent version" }),
  }),
  validForS: 86_400,
  timeoutS: 300,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
