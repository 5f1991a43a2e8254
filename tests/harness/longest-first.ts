import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, in the order in which they start. Files that mostly wait stand between files that mostly compute, so that
 * the processor is busy while they wait.
 */
export const LONGEST_FILES = [
  "security/held-connections",
  "faults/action-crash",
  "faults/agent-killed",
  "faults/ingest-kill",
  "integration/enrolment-behind-one-address",
  "faults/history-kill",
  "e2e/accessibility",
  "faults/agent-stopped",
  "e2e/two-servers",
  "integration/server-process",
  "security/local-channel",
  "security/tenant-routes",
  "security/hostile-input",
  "integration/backup",
  "e2e/tray-service",
  "integration/command-line",
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
