import { describe, expect, it } from "vitest";
import type { AdministratorFile } from "../../platform/ports.ts";
import { readAllowList, reasonToForbid } from "./allow-list.ts";

async function reason(file: AdministratorFile, type = "reboot"): Promise<string | null> {
  return reasonToForbid(
    await readAllowList({ read: async () => file }, "/etc/muster/allowed-actions.json"),
    type,
  );
}
const text = (content: string): AdministratorFile => ({ kind: "text", text: content });

describe("the administrator's list", () => {
  it("allows everything when it does not exist", async () =>
    expect(await reason({ kind: "absent" })).toBeNull());

  it("allows only what it names", async () => {
    const list = text('{"allowed":["message","reboot"]}');
    expect(await reason(list)).toBeNull();
    expect(await reason(list, "restart")).toContain("does not allow this action");
    expect(await reason(text('{"allowed":[]}'), "message")).toContain("does not allow this action");
  });

  it.each([
    ["empty", ""],
    ["no JSON", "message"],
    ["a list", '["message"]'],
    ["of another key", '{"forbidden":["message"]}'],
    ["with a further key", '{"allowed":["reboot"],"note":1}'],
    ["with a wrong entry", '{"allowed":["reboot",1]}'],
    ["null", "null"],
  ])("allows nothing when it is %s", async (_, content) => {
    expect(await reason(text(content))).toContain("No action is allowed on this machine");
  });

  it("allows nothing when it cannot be trusted, and gives the reason", async () => {
    expect(await reason({ kind: "unusable", reason: "is a link" })).toBe(
      "No action is allowed on this machine: /etc/muster/allowed-actions.json is a link.",
    );
  });
});
