import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readMountinfo } from "./read-mountinfo.ts";

const WRITABLE = "22 1 254:1 / / rw - ext4 /dev/vda1 rw\n";
const SANDBOXED = "90 1 254:1 / / ro - ext4 /dev/vda1 rw\n";
const CONTAINER = "90 1 0:51 / / rw - overlay overlay rw\n";

function read(own: string | undefined, first: string | undefined) {
  return readMountinfo(
    createMemorySystemFiles({
      ...(own !== undefined && { "/proc/self/mountinfo": own }),
      ...(first !== undefined && { "/proc/1/mountinfo": first }),
    }),
  );
}

describe("readMountinfo", () => {
  it("uses the mounts of process 1 in a sandbox that shows every mount read-only", () => {
    expect(read(SANDBOXED, WRITABLE)).toBe(WRITABLE);
  });

  it("uses its own mounts in a container that sees the processes of its host", () => {
    expect(read(CONTAINER, WRITABLE)).toBe(CONTAINER);
  });

  it("uses its own mounts when process 1 is hidden, and is undefined when they cannot be read", () => {
    expect(read(SANDBOXED, undefined)).toBe(SANDBOXED);
    expect(read(undefined, WRITABLE)).toBeUndefined();
  });
});
