import { isTransientFailure } from "../../platform/database/transient-failure.ts";
import type { IngestRepository } from "./ingest.repository.ts";
import type { IngestOutcome } from "./ingest-row.ts";

/**
 * Stores a group; if it fails, stores each of its reports separately, so that a report that cannot be stored does not fail the others.
 * If the database itself does not work, the group fails immediately.
 */
export function isolateFailures(repository: IngestRepository): IngestRepository {
  return {
    async commit(reports) {
      try {
        return await repository.commit(reports);
      } catch (error) {
        if (isTransientFailure(error)) throw error;
      }
      const outcomes: IngestOutcome[] = [];
      for (const report of reports) {
        const [outcome] = await repository
          .commit([report])
          .catch((error: unknown): IngestOutcome[] => [{ kind: "failed", error }]);
        outcomes.push(
          outcome ?? { kind: "failed", error: new Error("The repository returned no outcome for a report.") },
        );
      }
      return outcomes;
    },
  };
}
