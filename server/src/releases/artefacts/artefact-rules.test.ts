import type { ArtefactOrigin } from "@muster/shared/contracts/artefact.ts";
import { describe, expect, it } from "vitest";
import type { ArtefactRow } from "../releases.tables.ts";
import { isExpired, offersFor, systemsToBuild } from "./artefact-rules.ts";

const HOUR_MS = 3_600_000;

function artefact(
  origin: ArtefactOrigin,
  created_at: number,
  change: Partial<ArtefactRow> = {},
): ArtefactRow {
  return {
    id: `${origin}-${created_at}`,
    store_id: "store",
    system: "linux-x64",
    version: "0.1.0",
    origin,
    sha256: "0".repeat(64),
    size_bytes: 1,
    source: "build:x",
    created_at,
    superseded_at: null,
    ...change,
  };
}

describe("what is offered for a system", () => {
  it("is a signed release first, then what the operator placed, then what the server built", () => {
    const rows = [
      artefact("built-by-server", 9),
      artefact("placed-by-operator", 5),
      artefact("signed-release", 1),
    ];
    expect(offersFor(rows, "linux-x64").map(({ origin }) => origin)).toEqual([
      "signed-release",
      "placed-by-operator",
      "built-by-server",
    ]);
  });

  it("is the newest of one origin, for this system, and not superseded", () => {
    const rows = [
      artefact("built-by-server", 1),
      artefact("built-by-server", 3),
      artefact("built-by-server", 7, { superseded_at: 8 }),
      artefact("signed-release", 9, { system: "macos-x64" }),
    ];
    expect(offersFor(rows, "linux-x64").map(({ created_at }) => created_at)).toEqual([3, 1]);
  });
});

it("an artefact expires 24 hours after it was superseded, and never before", () => {
  expect(isExpired(artefact("built-by-server", 0), 1e15)).toBe(false);
  const superseded = artefact("built-by-server", 0, { superseded_at: HOUR_MS });
  expect(isExpired(superseded, 25 * HOUR_MS - 1)).toBe(false);
  expect(isExpired(superseded, 25 * HOUR_MS)).toBe(true);
});

it("a server builds for its own system and what it built before, unless its package has that ready", () => {
  const built = artefact("built-by-server", 1, { system: "windows-x64" });
  const placed = artefact("placed-by-operator", 1, { system: "macos-x64", source: "file:x" });
  expect(systemsToBuild([built, placed], "linux-x64")).toEqual(["linux-x64", "windows-x64"]);
  const ready = artefact("built-by-server", 1, { source: "file:x" });
  expect(systemsToBuild([built, ready], "linux-x64")).toEqual(["windows-x64"]);
  expect(systemsToBuild([], undefined)).toEqual([]);
});
