import type { Job } from "../../platform/jobs/job.ts";
import type { ArtefactFolder } from "./artefact-folder.ts";
import type { ArtefactRegister } from "./artefact-register.ts";

const SCAN_MS = 15_000;
const HOUR_MS = 3_600_000;

/** Each server has its own data folder, so each runs them. */
export function createArtefactJobs({
  folders,
  register,
}: {
  folders: readonly ArtefactFolder[];
  register: ArtefactRegister;
}): Job[] {
  return [
    {
      name: "artefact-scan",
      everyMs: SCAN_MS,
      isPerServer: true,
      async run() {
        for (const folder of folders) await folder.scan();
      },
    },
    {
      name: "artefact-removal",
      everyMs: HOUR_MS,
      isPerServer: true,
      run: () => register.removeExpired(),
    },
  ];
}
