import type { ActionHandler } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

export const refreshInventoryHandler: ActionHandler<"refresh-inventory"> = {
  async run(_payload, _job, { refreshInventory }) {
    const read = await refreshInventory();
    if (read.kind === "skip") return errorEnd("failed", `the inventory could not be read: ${read.reason}`);
    return { outcome: "done", result: { inventoryHash: read.hash } };
  },
};
