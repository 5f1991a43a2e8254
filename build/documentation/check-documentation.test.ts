import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkDocumentation } from "./check-documentation.ts";
import { createDocumentedClone, type DocumentedClone } from "./clone.fixture.ts";

let clone: DocumentedClone;

beforeEach(() => {
  clone = createDocumentedClone();
});

afterEach(() => clone.remove());

function findProblems(content: string, outsidePaths: string[] = []): string[] {
  clone.write("docs/page.md", content);
  return checkDocumentation(clone.root, new Set(outsidePaths)).problems;
}

test.each([
  [
    "a wrong path",
    "See\n`server/src/fleet/clock.ts`.",
    "docs/page.md:2: server/src/fleet/clock.ts does not exist.",
  ],
  ["a wrong folder", "`server/src/flet/`", "docs/page.md:1: server/src/flet/ does not exist."],
  ["a wrong end of a path", "`presence/clock.ts`", "docs/page.md:1: presence/clock.ts does not exist."],
  ["a wrong file name", "`clock.ts`", "docs/page.md:1: clock.ts does not exist."],
  ["a wrong path in a command", "`node build/go.mjs --now`", "docs/page.md:1: build/go.mjs does not exist."],
  [
    "a pattern that matches nothing",
    "`server/src/*/c*.ts`",
    "docs/page.md:1: server/src/*/c*.ts does not exist.",
  ],
  ["a placeholder without an example", "`<name>.job.ts`", "docs/page.md:1: <name>.job.ts does not exist."],
  ["a wrong link", "[clock](../server/clock.ts)", "docs/page.md:1: ../server/clock.ts does not exist."],
  ["a link from another folder", "[watch](server/src)", "docs/page.md:1: server/src does not exist."],
  ["a wrong path in a block", "```\nnode server/go.ts\n```", "docs/page.md:2: server/go.ts does not exist."],
])("finds %s", (_, content, problem) => {
  expect(findProblems(content)).toEqual([problem]);
});

test.each([
  "`server/src/fleet/presence/watch.ts`, `presence/watch.ts`, `watch.ts`, `server/src/fleet/`",
  "`server/src/<module>/presence/*.ts`, `server/**/watch.ts`, `server/.../watch.{ts,tsx}`, `NNNN-<name>.md`",
  "[watch](../server/src/fleet/presence/watch.ts), [index](decisions/README.md#top), [section](#here)",
  "[site](https://example.org/a.ts), `https://example.org/a.ts`, `text/event-stream`, `@scope/name`, `node:fs`",
  "`/etc/muster/actions.json`, `~/Library/Application Support/Muster`, `%APPDATA%`, `--flag`, `.ts`",
  "`dist/packages`, `node_modules/.cache`",
  "```\nagent/engine -> watch.ts\nnode server/src/fleet/presence/watch.ts\n```",
])("finds nothing wrong in %s", (content) => {
  expect(findProblems(content)).toEqual([]);
});

test("accepts a listed file that exists only on a machine", () => {
  expect(findProblems("`run.lock`")).toEqual(["docs/page.md:1: run.lock does not exist."]);
  expect(findProblems("`run.lock`", ["run.lock"])).toEqual([]);
});

test("finds a listed file that no document cites", () => {
  expect(findProblems("", ["run.lock"])).toEqual([
    "build/documentation/outside-paths.ts: no document cites run.lock, or the clone has it. Remove the entry.",
  ]);
});

test("finds a decision record that is missing from the index or has another title there", () => {
  clone.write("docs/decisions/0001-node.md", "# Node comes from somewhere\n");
  clone.write("docs/decisions/0002-lint.md", "# oxlint lints\n");
  expect(findProblems("")).toEqual([
    `docs/decisions/README.md: the row of 0001-node.md does not show its title, "Node comes from somewhere".`,
    "docs/decisions/README.md: 0002-lint.md is not in the index.",
  ]);
});

test("fails when nothing was read", () => {
  const empty = mkdtempSync(path.join(tmpdir(), "muster-documentation-"));
  expect(checkDocumentation(empty)).toEqual({ citations: 0, problems: ["There is no document to check."] });
  rmSync(empty, { recursive: true });
});
