const SHOWN = 20;

/**
 * @typedef {{ name: string, seconds: number }} Timing
 * @typedef {{ name: string, seconds: number, files: number }} ProjectTiming `seconds` from its first file to its last
 */

/**
 * The lines that show where the time of a test run went: each project, the slowest files, the slowest tests.
 * @param {{ projects: ProjectTiming[], files: Timing[], tests: Timing[] }} timings
 * @returns {string[]}
 */
export function describeTimings({ projects, files, tests }) {
  return [
    "Seconds by project",
    ...projects.map(({ name, seconds, files: count }) => line({ name: `${name} (${count} files)`, seconds })),
    ...slowest("files", files),
    ...slowest("tests", tests),
  ];
}

/**
 * @param {string} kind
 * @param {Timing[]} timings
 */
function slowest(kind, timings) {
  const shown = timings.toSorted((one, other) => other.seconds - one.seconds).slice(0, SHOWN);
  return [`Slowest ${shown.length} of ${timings.length} ${kind}`, ...shown.map(line)];
}

/** @param {Timing} timing */
function line({ name, seconds }) {
  return `${seconds.toFixed(1).padStart(8)}  ${name}`;
}
