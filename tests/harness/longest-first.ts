import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, in the order in which they start. Files that mostly wait stand between files that mostly compute, so that
 * the processor is busy while they wait.
 */
export const LONGEST_FILES = [
  "security/tenant-routes",
  "faults/action-crash",
  "e2e/accessibility",
  "security/held-connections",
  "faults/ingest-kill",
  "e2e/dashboard-languages",
  "integration/enrolment-behind-one-address",
  "e2e/two-servers",
  "e2e/fleet-grid",
  "integration/server-process",
  "integration/migrations",
  "faults/agent-killed",
  "security/local-channel",
  "integration/command-line",
  "faults/agent-stopped",
  "security/hostile-input",
  "e2e/edits",
  "e2e/wall",
  "integration/backup",
  "e2e/settings-pages",
  "e2e/tray-service",
  "e2e/alarms-page",
  "e2e/agent-commands",
  "e2e/tray-life",
  "integration/retention-command-line",
  "e2e/actions-page",
  "faults/full-disk-server",
  "e2e/below-a-path",
  "faults/agent-full-disk",
];
const tests = path.join(import.meta.dirname, "..");
const files = LONGEST_FILES.map((name) => path.join(tests, `${name}.test.ts`));

/** Within each stage the longest files start first, whatever their project: the last ones to end are short. */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is vitest's own sort, not an array's
    const sorted = await super.sort(specifications);
    return sorted.toSorted((a, b) => stageOf(a) - stageOf(b) || placeOf(a) - placeOf(b));
  }
}

const stageOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

function placeOf({ moduleId }: TestSpecification): number {
  const place = files.indexOf(path.normalize(moduleId));
  return place === -1 ? files.length : place;
}
