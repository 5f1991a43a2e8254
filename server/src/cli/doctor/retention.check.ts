import { describeHeldRetention } from "../../platform/jobs/retention-clock.ts";
import { type Check, ok, warn } from "./check.ts";

/** Checks that no implausible clock holds the deletion of old data. */
export const retentionCheck: Check = {
  name: "retention",
  run({ database }) {
    const retention = database === null || database instanceof Error ? null : database.retention;
    if (retention === null || retention.checkedAt === null) return ok("nothing was deleted by age yet");
    if (retention.state !== "ok") {
      return warn(describeHeldRetention(retention), "muster retention status");
    }
    return ok(`deletion by age has reached ${new Date(retention.reachedAt ?? 0).toISOString()}`);
  },
};
