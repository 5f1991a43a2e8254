import { expect, it } from "vitest";
import { taskDefinition } from "./task-definition.ts";

it("starts the launcher as SYSTEM, in UTF-16 with its mark, whatever the folder is called", () => {
  const bytes = taskDefinition("C:\\Program Files\\A & B\\run-agent.cmd", "C:\\Windows\\System32\\cmd.exe");
  expect([bytes[0], bytes[1]]).toEqual([0xff, 0xfe]);
  const xml = bytes.toString("utf16le");
  expect(xml).toContain("<UserId>S-1-5-18</UserId>");
  expect(xml).toContain('<Arguments>/d /c ""C:\\Program Files\\A &amp; B\\run-agent.cmd""</Arguments>');
  expect(xml).not.toMatch(/[^\r]\n/);
});
