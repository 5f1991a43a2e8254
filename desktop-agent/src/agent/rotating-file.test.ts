import { describe, expect, it } from "vitest";
import { createFakeFiles } from "../platform/fake/fake-files.ts";
import { createRotatingFile, listRotated } from "./rotating-file.ts";

const PATH = "/logs/agent.log";

function setUp() {
  const files = createFakeFiles();
  const failures: unknown[] = [];
  return {
    files,
    failures,
    file: createRotatingFile({ files, path: PATH, failed: (error) => void failures.push(error) }),
  };
}

describe("createRotatingFile", () => {
  it("writes every line in order", async () => {
    const { files, file } = setUp();
    for (let line = 0; line < 100; line += 1) file.write(String(line));
    await file.flush();
    expect(files.contents.get(PATH)).toBe(Array.from({ length: 100 }, (_, line) => `${line}\n`).join(""));
  });

  it("rotates files of a megabyte, keeps four of them, and lists them oldest first", async () => {
    const { files, file } = setUp();
    for (let part = 1; part <= 7; part += 1) {
      file.write(`${part}`.repeat(1_000_000));
      await file.flush();
    }
    expect([...files.contents.keys()].toSorted()).toEqual([
      PATH,
      ...[1, 2, 3, 4].map((number) => `${PATH}.${number}`),
    ]);
    const paths = await listRotated(files, PATH);
    expect(paths.map((path) => files.contents.get(path)?.[0])).toEqual(["3", "4", "5", "6", "7"]);
  });

  it("includes what an earlier run wrote in the size", async () => {
    const { files, file } = setUp();
    await files.append(PATH, "x".repeat(1_048_570), { sync: false });
    file.write("a line more");
    await file.flush();
    expect(files.contents.get(PATH)).toBe("a line more\n");
  });

  it("reports that the disk cannot be written, and continues when it can", async () => {
    const { files, failures, file } = setUp();
    files.failWrites("ENOSPC");
    file.write("lost");
    await file.flush();
    files.failWrites(null);
    file.write("kept");
    await file.flush();
    expect(failures).toHaveLength(1);
    expect(files.contents.get(PATH)).toBe("kept\n");
  });
});
