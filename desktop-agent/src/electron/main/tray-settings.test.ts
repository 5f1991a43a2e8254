import { expect, it } from "vitest";
import { createFakeFiles } from "../../platform/fake/fake-files.ts";
import { openTraySettings } from "./tray-settings.ts";

const FILE = "/home/agent/tray.json";

it("keeps the user's settings over a restart", async () => {
  const files = createFakeFiles();
  const settings = await openTraySettings(files, FILE);
  expect(settings.current()).toEqual({ language: null, hasGreeted: false });
  await settings.change({ language: "fr" });
  await settings.change({ hasGreeted: true });
  expect((await openTraySettings(files, FILE)).current()).toEqual({ language: "fr", hasGreeted: true });
});

it.each(["", "{", "null", '{"language":"xx","hasGreeted":true}', '{"language":null}'])(
  "uses the defaults for a file of %j",
  async (text) => {
    const files = createFakeFiles();
    await files.replace(FILE, text, { sync: false });
    expect((await openTraySettings(files, FILE)).current()).toEqual({ language: null, hasGreeted: false });
  },
);
