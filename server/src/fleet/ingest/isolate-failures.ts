import { isPassingFailure } from "../../platform/database/passing-failure.ts";
import type { IngestRepository } from "./ingest.repository.ts";
import type { IngestOutcome } from "./ingest-row.ts";

/**
 * Stores a group, and each of its reports alone where the group fails, so that one that cannot be stored takes no other with it. A
 * database that cannot work at all fails the group at once.
 */
export function isolateFailures(repository: IngestRepository): IngestRepository {
  return {
    async commit(reports) {
      try {
        return await repository.commit(reports);
      } catch (error) {
        if (isPassingFailure(error)) throw error;
      }
      const outcomes: IngestOutcome[] = [];
      for (const report of reports) {
        const [outcome] = await repository
          .commit([report])
          .catch((error: unknown): IngestOutcome[] => [{ kind: "failed", error }]);
        outcomes.push(outcome ?? { kind: "failed", error: new Error("a report came to nothing") });
      }
      return outcomes;
    },
  };
}
