import { expect, it } from "vitest";
import { isShown, newestThatFit, splitLog } from "./log-line.ts";

const only = (text: string) => splitLog(text)[0];

it("reads instant, level and text of each line", () => {
  const lines = splitLog(
    "2026-11-20T10:02:00.400Z INFO  Reports reach it.\n2026-11-20T10:02:01.000Z ERROR gone\n",
  );
  expect(lines).toMatchObject([
    { atMs: Date.UTC(2026, 10, 20, 10, 2, 0, 400), level: "info", text: "Reports reach it." },
    { level: "error", text: "gone", raw: "2026-11-20T10:02:01.000Z ERROR gone" },
  ]);
});

it("keeps a line of another format unchanged, even an empty one", () => {
  expect(splitLog("Trace/breakpoint trap\n\nx")).toEqual([
    { raw: "Trace/breakpoint trap", text: "Trace/breakpoint trap", atMs: null, level: null },
    { raw: "", text: "", atMs: null, level: null },
    { raw: "x", text: "x", atMs: null, level: null },
  ]);
  expect(splitLog("")).toEqual([]);
});

it("ignores a time that is not valid", () => {
  expect(only("2026-99-99T99:99:99Z INFO  hello")).toMatchObject({ atMs: null, level: null });
});

it("replaces characters that could reorder or hide text", () => {
  expect(only("2026-11-20T10:02:00Z WARN  a\u202eb\u0000c\u200bd")?.text).toBe("a\ufffdb\ufffdc\ufffdd");
});

it.each([
  ["DEBUG", "info", false],
  ["INFO ", "info", true],
  ["WARN ", "error", false],
  ["ERROR", "warn", true],
] as const)("filters %s by the level %s: %s", (level, least, isThere) => {
  const line = only(`2026-11-20T10:02:00Z ${level} x`);
  expect(line && isShown(line, least)).toBe(isThere);
});

it("treats a line without a level as information", () => {
  const line = only("no level");
  expect(line && isShown(line, "info")).toBe(true);
  expect(line && isShown(line, "warn")).toBe(false);
});

it("copies everything that fits", () => {
  expect(newestThatFit(["a", "b"], 10)).toEqual({ text: "a\nb", count: 2 });
});

it("copies the newest lines when not everything fits", () => {
  expect(newestThatFit(["aaaa", "bb", "cc"], 7)).toEqual({ text: "bb\ncc", count: 2 });
  expect(newestThatFit(["x".repeat(50)], 7)).toEqual({ text: "", count: 0 });
});
