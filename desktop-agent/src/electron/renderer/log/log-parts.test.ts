import type { LogChunk } from "@muster/shared/contracts/local-agent.ts";
import { expect, it } from "vitest";
import {
  addEarlier,
  addLater,
  beginWith,
  type LogParts,
  MAX_BYTES,
  NO_PARTS,
  positionAfter,
  positionBefore,
} from "./log-parts.ts";

const part = (fromByte: number, text: string, run = "a"): LogChunk => ({
  run,
  text,
  fromByte,
  toByte: fromByte + text.length,
  sizeBytes: fromByte + text.length,
});
const lines = ({ chunks }: LogParts) =>
  chunks.flatMap(({ firstNumber, lines: own }) => own.map(({ text }, index) => [firstNumber + index, text]));
const block = (letter: string) => `${letter.repeat(99)}\n`.repeat(2_600);

it("starts with the end, and knows where to continue in both directions", () => {
  const parts = beginWith(part(100, "x\ny\n"));
  expect(lines(parts)).toEqual([
    [0, "x"],
    [1, "y"],
  ]);
  expect(positionAfter(parts)).toEqual({ kind: "after", run: "a", byte: 104 });
  expect(positionBefore(parts)).toEqual({ kind: "before", run: "a", byte: 100 });
});

it("gives later lines later numbers and earlier ones smaller ones", () => {
  const parts = addEarlier(addLater(beginWith(part(4, "c\n")), part(6, "d\ne\n")), part(0, "a\nb\n"));
  expect(lines(parts)).toEqual([
    [-2, "a"],
    [-1, "b"],
    [0, "c"],
    [1, "d"],
    [2, "e"],
  ]);
  expect(positionBefore(parts)).toBeNull();
  expect(parts.chunks).toHaveLength(2);
});

it("keeps the lines of a rotated log, and stops before them", () => {
  const rotated = addLater(beginWith(part(100, "old\n")), part(0, "new\n", "b"));
  expect(lines(rotated).map(([, text]) => text)).toEqual(["old", "new"]);
  expect(positionAfter(rotated)).toEqual({ kind: "after", run: "b", byte: 4 });
  const ended = addEarlier(rotated, part(0, "of b\n", "b"));
  expect(lines(ended)).toEqual(lines(rotated));
  expect(positionBefore(ended)).toBeNull();
});

it("follows a log that was empty", () => {
  const empty = beginWith(part(0, ""));
  expect(positionAfter(empty)).toBeNull();
  expect(lines(addLater(empty, part(0, "first\n")))).toEqual([[0, "first"]]);
  expect(addEarlier(NO_PARTS, part(0, "x\n"))).toMatchObject({ chunks: [], isAtBeginning: true });
});

it("drops the oldest lines while it follows, and can read them again", () => {
  let parts = beginWith(part(0, block("x")));
  for (let at = 260_000; at < 60e6; at += 260_000) parts = addLater(parts, part(at, block("y")));
  const bytes = parts.chunks.reduce((sum, { fromByte, toByte }) => sum + toByte - fromByte, 0);
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
  expect(parts.isAtEnd).toBe(true);
  expect(positionBefore(parts)).toMatchObject({ kind: "before", byte: parts.chunks[0]?.fromByte });
});

it("drops the newest lines while earlier ones are read", () => {
  let parts = beginWith(part(52e6, block("x")));
  for (let at = 52e6 - 260_000; at >= 0; at -= 260_000) parts = addEarlier(parts, part(at, block("y")));
  expect(parts).toMatchObject({ isAtEnd: false, isAtBeginning: true });
  expect(parts.chunks.at(-1)?.toByte).toBeLessThanOrEqual(MAX_BYTES);
});

it("only updates the size when there are no new lines", () => {
  const parts = addLater(beginWith(part(0, "x\n")), { ...part(2, ""), sizeBytes: 77 });
  expect(parts.sizeBytes).toBe(77);
  expect(lines(parts)).toEqual([[0, "x"]]);
});
