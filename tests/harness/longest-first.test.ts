import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { LONGEST_FILES } from "./longest-first.ts";

it("names only files that exist", () => {
  const isMissing = (name: string) => !existsSync(path.join(import.meta.dirname, "..", `${name}.test.ts`));
  expect(LONGEST_FILES.filter(isMissing)).toEqual([]);
});
