import { expect, it } from "vitest";
import { makeDevice } from "./device.factory.ts";
import { deviceCsv } from "./use-export.ts";

it("exports the fields of the first release in their order", () => {
  const [head = "", row = ""] = deviceCsv([makeDevice({ id: "1", name: "web", tags: ["a", "b"] })])
    .replace("\u{feff}", "")
    .split("\r\n");
  expect(head.replaceAll('"', "")).toBe(
    "id,name,hostname,attention,presence,presence_since,health,score,cpu_percent,memory_percent,disk_percent,disk_free_bytes,customer,tags,class,os,os_name,user,reboot_required,address,serial,agent_version,last_report",
  );
  expect(row).toContain("a b");
});
