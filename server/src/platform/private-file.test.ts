import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPrivateFile, ensurePrivateFile, ensurePrivateFolder } from "./private-file.ts";
import { StartError } from "./start-error.ts";

let root: string;
const at = (name: string) => path.join(root, name);
const modeOf = (name: string) => statSync(at(name)).mode & 0o777;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "muster-private-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

describe.skipIf(path.sep !== "/")("a private file", () => {
  it("is created for its owner only, and never through a link", () => {
    createPrivateFile(at("new"));
    expect(modeOf("new")).toBe(0o600);
    symlinkSync(at("elsewhere"), at("link"));
    expect(() => createPrivateFile(at("link"))).toThrow(/EEXIST/);
    expect(() => ensurePrivateFile(at("link"))).toThrow(StartError);
    expect(existsSync(at("elsewhere"))).toBe(false);
  });

  it("keeps its content when it exists, and removes the rights of others", () => {
    writeFileSync(at("old"), "content", { mode: 0o644 });
    ensurePrivateFile(at("old"));
    expect([modeOf("old"), statSync(at("old")).size]).toEqual([0o600, 7]);
  });
});

describe.skipIf(path.sep !== "/")("a private folder", () => {
  it("is created with mode 0700, and an existing one of this account is restricted to it", () => {
    ensurePrivateFolder(at("new/data"));
    expect(modeOf("new/data")).toBe(0o700);
    mkdirSync(at("old"));
    chmodSync(at("old"), 0o777);
    ensurePrivateFolder(at("old"));
    expect(modeOf("old")).toBe(0o700);
  });

  it("is refused with a sentence when others can enter it and it belongs to another account", () => {
    mkdirSync(at("theirs"));
    chmodSync(at("theirs"), 0o755);
    vi.spyOn(process, "getuid").mockReturnValue(statSync(root).uid + 1);
    expect(() => ensurePrivateFolder(at("theirs"))).toThrow(/is open to other accounts: .*chmod 700/);
    expect(modeOf("theirs")).toBe(0o755);
  });
});
