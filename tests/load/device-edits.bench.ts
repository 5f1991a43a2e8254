import { setTimeout as wait } from "node:timers/promises";
import { startPostgres } from "../harness/start-postgres.ts";
import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const DEVICES = scaled(3_000, 200);
const POLL_MS = 50;
const CHANGES = {
  "one tag": { addTags: ["bench"] },
  "another class": { class: "vm" },
  "another customer": { customer: "Edited" },
  "one tag, undone": null,
} as const;

type Edit = { id: string; state: "running" | "done"; counts: { changed: number } };

async function measureEdits(databaseUrl?: string): Promise<number[]> {
  const msEach: number[] = [];
  await inBenchFolder(async (folder) => {
    const environment = benchEnvironment(folder, databaseUrl);
    const fleet = await seedFleet(environment, DEVICES);
    const server = await startBenchServer(environment);
    const ask = async (method: string, path: string, body?: object): Promise<Edit> => {
      const answer = await fetch(`${server.url}/api/v1/device-edits${path}`, {
        method,
        headers: { authorization: `Bearer ${fleet.apiKey}`, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`The edit was answered with ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Edit;
    };
    const deviceIds = fleet.devices.map(({ id }) => id);
    try {
      let firstId = "";
      for (const change of Object.values(CHANGES)) {
        const startedAt = performance.now();
        let edit = change
          ? await ask("POST", "", { deviceIds, change })
          : await ask("POST", `/${firstId}/undo`);
        const { id } = edit;
        while (edit.state === "running") {
          await wait(POLL_MS);
          edit = await ask("GET", `/${id}`);
        }
        if (edit.counts.changed !== DEVICES) throw new Error(`${edit.counts.changed} devices were changed.`);
        firstId ||= id;
        msEach.push((performance.now() - startedAt) / DEVICES);
      }
    } finally {
      await server.stop();
    }
  });
  return msEach;
}

const onSqlite = await measureEdits();
const postgres = await startPostgres({
  max_connections: "100",
  shared_buffers: "512MB",
  max_wal_size: "4GB",
});
try {
  const onPostgres = await measureEdits(postgres.url);
  const rows = Object.keys(CHANGES).map<Cell[]>((name, index) => [
    name,
    onSqlite[index] ?? 0,
    onPostgres[index] ?? 0,
  ]);
  printTable(
    `One edit of ${DEVICES.toLocaleString("en")} devices, every commit synced (target: a few ms for each device)`,
    ["", "SQLite ms each", "PostgreSQL ms each"],
    rows,
  );
} finally {
  await postgres.stop();
}
