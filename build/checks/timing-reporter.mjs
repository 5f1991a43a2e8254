import { describeTimings } from "./describe-timings.mjs";

/**
 * A reporter of vitest that prints where the time went. The seconds of a file include its imports and hooks, which vitest's JSON does not
 * count.
 * @returns {import("vitest/node").Reporter}
 */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its default export
export default function createTimingReporter() {
  /** @type {Map<string, { beganMs: number, endedMs: number, files: number }>} */
  const projects = new Map();
  /** @type {import("./describe-timings.mjs").Timing[]} */
  const files = [];
  /** @type {import("./describe-timings.mjs").Timing[]} */
  const tests = [];

  return {
    onTestModuleQueued({ project }) {
      const nowMs = performance.now();
      if (!projects.has(project.name))
        projects.set(project.name, { beganMs: nowMs, endedMs: nowMs, files: 0 });
    },
    onTestModuleEnd(module) {
      const own = projects.get(module.project.name);
      if (own) Object.assign(own, { endedMs: performance.now(), files: own.files + 1 });
      const place = `${module.project.name}: ${module.relativeModuleId}`;
      const took = module.diagnostic();
      const ms =
        took.environmentSetupDuration +
        took.prepareDuration +
        took.collectDuration +
        took.setupDuration +
        took.duration;
      files.push({ name: place, seconds: ms / 1000 });
      for (const test of module.children.allTests()) {
        tests.push({
          name: `${place} > ${test.fullName}`,
          seconds: (test.diagnostic()?.duration ?? 0) / 1000,
        });
      }
    },
    onTestRunEnd() {
      const perProject = [...projects].map(([name, { beganMs, endedMs, files: count }]) => {
        return { name, seconds: (endedMs - beganMs) / 1000, files: count };
      });
      const lines = describeTimings({ projects: perProject, files, tests });
      process.stdout.write(`\n${lines.join("\n")}\n\n`);
    },
  };
}
